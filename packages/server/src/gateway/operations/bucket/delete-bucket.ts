import { deleteBucket } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const deleteBucketHandler = handler({
  operation: deleteBucket,
  action: 'oss:DeleteBucket',
  need: 'own-bucket',
  run: async (_, { store, bucket }) => {
    await store.buckets.delete(bucket);
    return {};
  },
});
