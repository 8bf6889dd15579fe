// Where a bucket is, as ListBuckets and GetBucketInfo say it.
import { regionLocation } from '@osskeep/protocol';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { GatewaySettings } from '../request/settings.ts';

export interface BucketEndpoints {
  readonly location: string;
  readonly region: string;
  readonly extranetEndpoint: string;
  readonly intranetEndpoint: string;
}

export function bucketEndpoints(
  bucket: Pick<Bucket, 'region'>,
  settings: GatewaySettings,
): BucketEndpoints {
  return {
    location: regionLocation(bucket.region),
    region: bucket.region,
    extranetEndpoint: settings.extranetEndpoint,
    intranetEndpoint: settings.intranetEndpoint,
  };
}
