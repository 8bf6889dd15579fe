// PUT /?publicAccessBlock (operations reference T1-75).

import type { Operation } from '../definition/operation.ts';
import { type PublicAccessBlock, publicAccessBlock } from '../documents/public-access-block.ts';
import { nothing } from '../fields/fields.ts';

/** Blocks public access to every bucket of the account that signs, or leaves it to the buckets. */
export const putPublicAccessBlock: Operation<
  'PutPublicAccessBlock',
  PublicAccessBlock,
  Record<never, never>
> = {
  name: 'PutPublicAccessBlock',
  route: { method: 'PUT', on: 'service', query: { publicAccessBlock: true } },
  success: 200,
  requestBody: 'document',
  request: publicAccessBlock,
  response: nothing,
};
