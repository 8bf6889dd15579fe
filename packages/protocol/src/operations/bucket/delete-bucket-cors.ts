// DELETE /bucket?cors (operations reference T1-23).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';

/** Takes all rules away: pages of other origins are refused. No error where there are none. */
export const deleteBucketCors: Operation<
  'DeleteBucketCors',
  Record<never, never>,
  Record<never, never>
> = {
  name: 'DeleteBucketCors',
  route: { method: 'DELETE', on: 'bucket', query: { cors: true } },
  success: 204,
  requestBody: 'none',
  request: nothing,
  response: nothing,
};
