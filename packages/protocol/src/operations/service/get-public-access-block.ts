// GET /?publicAccessBlock (operations reference T1-76).

import type { Operation } from '../definition/operation.ts';
import { type PublicAccessBlock, publicAccessBlock } from '../documents/public-access-block.ts';
import { nothing } from '../fields/fields.ts';

/** Whether public access is blocked for the whole account that signs. */
export const getPublicAccessBlock: Operation<
  'GetPublicAccessBlock',
  Record<never, never>,
  PublicAccessBlock
> = {
  name: 'GetPublicAccessBlock',
  route: { method: 'GET', on: 'service', query: { publicAccessBlock: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: publicAccessBlock,
};
