import { decodeContentMd5, putObject, type SystemHeaders } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { storedHeaders } from './stored-headers.ts';

export const putObjectHandler = handler({
  operation: putObject,
  action: 'oss:PutObject',
  need: 'write-object',
  run: async (input, { store, settings, bucket, key, signal }) => {
    const { contentMd5 } = input;
    const stored = await store.objects.put(bucket, key, {
      body: input.body,
      length: input.contentLength,
      lengthMax: settings.objectBytesMax,
      contentMd5: contentMd5 === undefined ? undefined : decodeContentMd5(contentMd5),
      crc64: input.crc64,
      headers: storedHeaders(input satisfies SystemHeaders),
      metadata: input.metadata,
      acl: input.objectAcl,
      storageClass: input.storageClass,
      forbidOverwrite: input.forbidOverwrite,
      signal,
    });
    return {
      etag: stored.etag,
      contentMd5: stored.md5.toString('base64'),
      crc64: stored.crc64,
      versionId: stored.versionId,
    };
  },
});
