// DELETE /bucket/key (operations reference T0-21).

import type { Operation } from '../definition/operation.ts';
import { fields, header, query } from '../fields/fields.ts';
import { booleanText, text, versionId } from '../forms/forms.ts';

export interface DeleteObjectInput {
  /** Removes this version for good; absent: the object, or a marker where versions are kept. */
  versionId?: string | undefined;
}

export interface DeleteObjectOutput {
  versionId?: string | undefined;
  /** True when a delete marker was made or removed. */
  deleteMarker?: boolean | undefined;
}

/** Deletes an object. A key that does not exist is no error. */
export const deleteObject: Operation<'DeleteObject', DeleteObjectInput, DeleteObjectOutput> = {
  name: 'DeleteObject',
  route: { method: 'DELETE', on: 'object' },
  success: 204,
  requestBody: 'none',
  request: fields<DeleteObjectInput>({ versionId: query('versionId', versionId) }),
  response: fields<DeleteObjectOutput>({
    versionId: header('x-oss-version-id', text),
    deleteMarker: header('x-oss-delete-marker', booleanText()),
  }),
};
