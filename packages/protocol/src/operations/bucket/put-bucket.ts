// PUT /bucket (operations reference T0-02).

import type { Operation } from '../definition/operation.ts';
import { fields, header } from '../fields/fields.ts';
import { text } from '../forms/forms.ts';
import {
  type BucketAclWord,
  bucketAcl,
  type RedundancyWord,
  redundancy,
  type StorageClassWord,
  storageClass,
} from '../forms/words.ts';
import { maybe, object, optionalDocument, value } from '../shapes/shape.ts';

export interface BucketConfiguration {
  /** `Standard` when absent. */
  storageClass?: StorageClassWord | undefined;
  /** `LRS` when absent. */
  dataRedundancyType?: RedundancyWord | undefined;
  /** `oss-cn-hangzhou`; must be the endpoint's region. */
  locationConstraint?: string | undefined;
}

export interface PutBucketInput {
  /** `private` when absent. */
  acl?: BucketAclWord | undefined;
  configuration?: BucketConfiguration | undefined;
}

export interface PutBucketOutput {
  /** `/bucket`. */
  location?: string | undefined;
}

/** Creates a bucket. Again by its owner: 200, and the ACL changes where one is given. */
export const putBucket: Operation<'PutBucket', PutBucketInput, PutBucketOutput> = {
  name: 'PutBucket',
  route: { method: 'PUT', on: 'bucket' },
  success: 200,
  requestBody: 'document',
  notBuilt: {
    headers: [
      'x-oss-bucket-tagging',
      'x-oss-hns-status',
      'x-oss-resource-group-id',
      'x-oss-server-side-encryption',
      'x-oss-server-side-data-encryption',
      'x-oss-server-side-encryption-key-id',
    ],
  },
  request: fields<PutBucketInput>({
    acl: header('x-oss-acl', bucketAcl),
    configuration: optionalDocument(
      'CreateBucketConfiguration',
      object<BucketConfiguration>({
        storageClass: maybe('StorageClass', value(storageClass)),
        dataRedundancyType: maybe('DataRedundancyType', value(redundancy)),
        locationConstraint: maybe('LocationConstraint', value(text)),
      }),
      'MalformedCreateBucket',
    ),
  }),
  response: fields<PutBucketOutput>({ location: header('location', text) }),
};
