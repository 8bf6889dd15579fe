import { listObjects, maxKeysDefault } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { objectSummary } from './object-summary.ts';

export const listObjectsHandler = handler({
  operation: listObjects,
  action: 'oss:ListObjects',
  need: 'list-objects',
  run: async ({ prefix, delimiter, marker, maxKeys, encodingType }, { store, bucket }) => {
    const limit = maxKeys ?? maxKeysDefault;
    const page = await store.objects.list(bucket, { prefix, delimiter, after: marker, limit });
    return {
      name: bucket.name,
      prefix,
      marker,
      maxKeys: limit,
      delimiter,
      encodingType,
      isTruncated: page.isTruncated,
      nextMarker: page.next,
      contents: page.objects.map((object) => objectSummary(object, bucket.owner)),
      commonPrefixes: page.commonPrefixes.map((common) => ({ prefix: common })),
    };
  },
});
