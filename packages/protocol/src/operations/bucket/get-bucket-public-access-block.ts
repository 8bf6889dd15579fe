// GET /bucket?publicAccessBlock (operations reference T1-73).

import type { Operation } from '../definition/operation.ts';
import { type PublicAccessBlock, publicAccessBlock } from '../documents/public-access-block.ts';
import { nothing } from '../fields/fields.ts';

/** Whether public access to a bucket is blocked. */
export const getBucketPublicAccessBlock: Operation<
  'GetBucketPublicAccessBlock',
  Record<never, never>,
  PublicAccessBlock
> = {
  name: 'GetBucketPublicAccessBlock',
  route: { method: 'GET', on: 'bucket', query: { publicAccessBlock: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: publicAccessBlock,
};
