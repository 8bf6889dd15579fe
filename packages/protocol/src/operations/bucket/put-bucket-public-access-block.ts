// PUT /bucket?publicAccessBlock (operations reference T1-72).

import type { Operation } from '../definition/operation.ts';
import { type PublicAccessBlock, publicAccessBlock } from '../documents/public-access-block.ts';
import { nothing } from '../fields/fields.ts';

/** Blocks public access to a bucket, or allows it. */
export const putBucketPublicAccessBlock: Operation<
  'PutBucketPublicAccessBlock',
  PublicAccessBlock,
  Record<never, never>
> = {
  name: 'PutBucketPublicAccessBlock',
  route: { method: 'PUT', on: 'bucket', query: { publicAccessBlock: true } },
  success: 200,
  requestBody: 'document',
  request: publicAccessBlock,
  response: nothing,
};
