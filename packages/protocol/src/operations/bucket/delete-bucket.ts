// DELETE /bucket (operations reference T0-04).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';

/** Deletes an empty bucket. Objects, versions or open uploads in it: 409 BucketNotEmpty. */
export const deleteBucket: Operation<'DeleteBucket', Record<never, never>, Record<never, never>> = {
  name: 'DeleteBucket',
  route: { method: 'DELETE', on: 'bucket' },
  success: 204,
  requestBody: 'none',
  request: nothing,
  response: nothing,
};
