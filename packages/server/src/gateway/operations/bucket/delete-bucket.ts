import { deleteBucket } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const deleteBucketHandler = handler(
  deleteBucket,
  'oss:DeleteBucket',
  'own-bucket',
  async (_, { store, bucket }) => {
    await store.buckets.delete(bucket);
    return {};
  },
);
