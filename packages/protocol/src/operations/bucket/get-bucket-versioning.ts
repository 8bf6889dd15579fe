// GET /bucket?versioning (operations reference T0-13, §3.8).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';
import { type VersioningWord, versioning } from '../forms/words.ts';
import { document, maybeEmpty, object, value } from '../shapes/shape.ts';

export interface GetBucketVersioningOutput {
  /** Absent until it was set once. */
  status?: VersioningWord | undefined;
}

/** Whether a bucket keeps the versions of its objects. */
export const getBucketVersioning: Operation<
  'GetBucketVersioning',
  Record<never, never>,
  GetBucketVersioningOutput
> = {
  name: 'GetBucketVersioning',
  route: { method: 'GET', on: 'bucket', query: { versioning: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: document<GetBucketVersioningOutput>(
    'VersioningConfiguration',
    object<GetBucketVersioningOutput>({ status: maybeEmpty('Status', value(versioning)) }),
  ),
};
