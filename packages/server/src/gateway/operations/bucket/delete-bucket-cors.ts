import { deleteBucketCors } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const deleteBucketCorsHandler = handler(
  deleteBucketCors,
  'oss:DeleteBucketCors',
  'own-bucket',
  async (_, { store, bucket }) => {
    await store.buckets.setCors(bucket, undefined);
    return {};
  },
);
