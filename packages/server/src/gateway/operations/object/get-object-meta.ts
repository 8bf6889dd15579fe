import { getObjectMeta } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getObjectMetaHandler = handler({
  operation: getObjectMeta,
  action: 'oss:GetObject',
  need: 'read-object',
  run: async ({ versionId }, { store, bucket, key, at }) => {
    const object = await store.objects.get(bucket, key, { versionId, method: 'HEAD', at });
    return {
      contentLength: object.size,
      etag: object.etag,
      lastModified: object.mtimeMs,
      crc64: object.crc64,
      versionId: object.versionId,
    };
  },
});
