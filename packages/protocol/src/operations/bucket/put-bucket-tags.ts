// PUT /bucket?tagging (operations reference T1-18, §3.11).
import type { Operation } from '../definition/operation.ts';
import { type Tagging, taggingDocument } from '../documents/tagging.ts';
import { nothing } from '../fields/fields.ts';

export type { Tag, Tagging } from '../documents/tagging.ts';

/**
 * Sets the tags of a bucket; replaces all it has. At most 20; keys of 1 to 64 bytes, each once, not beginning
 * with `http://`, `https://` or `Aliyun`; values of at most 128 bytes.
 */
export const putBucketTags: Operation<'PutBucketTags', Tagging, Record<never, never>> = {
  name: 'PutBucketTags',
  route: { method: 'PUT', on: 'bucket', query: { tagging: true } },
  success: 200,
  requestBody: 'document',
  request: taggingDocument,
  response: nothing,
};
