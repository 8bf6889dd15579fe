import { deleteObject } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const deleteObjectHandler = handler(
  deleteObject,
  'oss:DeleteObject',
  'write-object',
  async ({ versionId }, { store, bucket, key }) => {
    const deleted = await store.objects.delete(bucket, key, versionId);
    return {
      versionId: deleted.versionId,
      deleteMarker: deleted.isDeleteMarker ? true : undefined,
    };
  },
);
