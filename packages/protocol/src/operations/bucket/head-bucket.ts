// HEAD /bucket (operations reference T0-03).

import type { Operation } from '../definition/operation.ts';
import { fields, header, nothing } from '../fields/fields.ts';
import { text } from '../forms/forms.ts';

export interface HeadBucketOutput {
  /** `cn-hangzhou`. */
  region?: string | undefined;
}

/** Says whether a bucket exists and may be used. */
export const headBucket: Operation<'HeadBucket', Record<never, never>, HeadBucketOutput> = {
  name: 'HeadBucket',
  route: { method: 'HEAD', on: 'bucket' },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: fields<HeadBucketOutput>({ region: header('x-oss-bucket-region', text) }),
};
