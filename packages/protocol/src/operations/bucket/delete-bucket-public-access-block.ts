// DELETE /bucket?publicAccessBlock (operations reference T1-74).
import { nothing } from '../fields/fields.ts';
import type { Operation } from '../operation.ts';

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
