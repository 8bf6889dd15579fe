// PUT /bucket?versioning (operations reference T0-12, §3.8).

import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';
import { type VersioningWord, versioning } from '../forms/words.ts';
import { document, object, one, value } from '../shapes/shape.ts';

export interface PutBucketVersioningInput {
  /** `Suspended` keeps what versions there are; a bucket never goes back to having none. */
  status: VersioningWord;
}

/** Makes a bucket keep the versions of its objects, or stop doing so. */
export const putBucketVersioning: Operation<
  'PutBucketVersioning',
  PutBucketVersioningInput,
  Record<never, never>
> = {
  name: 'PutBucketVersioning',
  route: { method: 'PUT', on: 'bucket', query: { versioning: true } },
  success: 200,
  requestBody: 'document',
  request: document<PutBucketVersioningInput>(
    'VersioningConfiguration',
    object<PutBucketVersioningInput>({
      status: one('Status', value(versioning), 'VersioningStatusMissing'),
    }),
  ),
  response: nothing,
};
