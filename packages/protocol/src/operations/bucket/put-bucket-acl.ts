// PUT /bucket?acl (operations reference T0-08, §4.2).

import type { Operation } from '../definition/operation.ts';
import { fields, header, requiredHeader } from '../fields/fields.ts';
import { text } from '../forms/forms.ts';
import { type BucketAclWord, bucketAcl } from '../forms/words.ts';

export interface PutBucketAclInput {
  acl: BucketAclWord;
}

export interface PutBucketAclOutput {
  /** `/bucket`. */
  location?: string | undefined;
}

/** Sets who may read and write a bucket; creates the bucket where there is none. */
export const putBucketAcl: Operation<'PutBucketAcl', PutBucketAclInput, PutBucketAclOutput> = {
  name: 'PutBucketAcl',
  route: { method: 'PUT', on: 'bucket', query: { acl: true } },
  success: 200,
  requestBody: 'none',
  request: fields<PutBucketAclInput>({ acl: requiredHeader('x-oss-acl', bucketAcl) }),
  response: fields<PutBucketAclOutput>({ location: header('location', text) }),
};
