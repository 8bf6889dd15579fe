// GET /bucket?tagging (operations reference T1-19).
import type { Operation } from '../definition/operation.ts';
import { type Tagging, taggingDocument } from '../documents/tagging.ts';
import { nothing } from '../fields/fields.ts';

/** The tags of a bucket; none where it has none. */
export const getBucketTags: Operation<'GetBucketTags', Record<never, never>, Tagging> = {
  name: 'GetBucketTags',
  route: { method: 'GET', on: 'bucket', query: { tagging: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: taggingDocument,
};
