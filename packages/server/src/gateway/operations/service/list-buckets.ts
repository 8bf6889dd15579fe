import { listBuckets } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { bucketEndpoints } from '../bucket-endpoints.ts';

const limitDefault = 100;

export const listBucketsHandler = handler({
  operation: listBuckets,
  action: 'oss:ListBuckets',
  need: 'signed',
  run: async ({ prefix, marker, maxKeys }, { store, settings, owner }) => {
    const limit = maxKeys ?? limitDefault;
    const page = await store.buckets.list(owner.id, { prefix, after: marker, limit });
    const isPaged = (prefix ?? marker ?? maxKeys) !== undefined || page.isTruncated;
    return {
      ...(isPaged ? { prefix, marker, maxKeys: limit } : {}),
      isTruncated: page.isTruncated,
      nextMarker: page.next,
      owner,
      buckets: page.buckets.map((bucket) => ({
        name: bucket.name,
        creationDate: bucket.createdMs,
        storageClass: bucket.storageClass,
        ...bucketEndpoints(bucket, settings),
      })),
    };
  },
});
