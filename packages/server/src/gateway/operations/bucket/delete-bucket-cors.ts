import { deleteBucketCors } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const deleteBucketCorsHandler = handler({
  operation: deleteBucketCors,
  action: 'oss:DeleteBucketCors',
  need: 'own-bucket',
  run: async (_, { store, bucket }) => {
    await store.buckets.setCors(bucket, undefined);
    return {};
  },
});
