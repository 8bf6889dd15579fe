import { deleteObject } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const deleteObjectHandler = handler({
  operation: deleteObject,
  action: 'oss:DeleteObject',
  need: 'write-object',
  run: async ({ versionId }, { store, bucket, key }) => {
    const deleted = await store.objects.delete(bucket, key, versionId);
    return {
      versionId: deleted.versionId,
      deleteMarker: deleted.isDeleteMarker ? true : undefined,
    };
  },
});
