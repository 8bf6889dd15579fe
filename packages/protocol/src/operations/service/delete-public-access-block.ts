// DELETE /?publicAccessBlock (operations reference T1-77).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';

/** Takes the account's public access block away. No error where there is none. */
export const deletePublicAccessBlock: Operation<
  'DeletePublicAccessBlock',
  Record<never, never>,
  Record<never, never>
> = {
  name: 'DeletePublicAccessBlock',
  route: { method: 'DELETE', on: 'service', query: { publicAccessBlock: true } },
  success: 204,
  requestBody: 'none',
  request: nothing,
  response: nothing,
};
