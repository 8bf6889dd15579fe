// GET /bucket?acl (operations reference T0-09).

import type { Operation } from '../definition/operation.ts';
import { type AccessControlPolicy, accessControlPolicy } from '../documents/acl.ts';
import { nothing } from '../fields/fields.ts';
import { type BucketAclWord, bucketAcl } from '../forms/words.ts';

export interface GetBucketAclOutput extends AccessControlPolicy<BucketAclWord> {}

/** Who may read and write a bucket. */
export const getBucketAcl: Operation<'GetBucketAcl', Record<never, never>, GetBucketAclOutput> = {
  name: 'GetBucketAcl',
  route: { method: 'GET', on: 'bucket', query: { acl: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: accessControlPolicy(bucketAcl),
};
