// DELETE /bucket?publicAccessBlock (operations reference T1-74).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';

/** Takes a bucket's public access block away. No error where there is none. */
export const deleteBucketPublicAccessBlock: Operation<
  'DeleteBucketPublicAccessBlock',
  Record<never, never>,
  Record<never, never>
> = {
  name: 'DeleteBucketPublicAccessBlock',
  route: { method: 'DELETE', on: 'bucket', query: { publicAccessBlock: true } },
  success: 204,
  requestBody: 'none',
  request: nothing,
  response: nothing,
};
