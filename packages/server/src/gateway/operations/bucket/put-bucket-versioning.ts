import { putBucketVersioning } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const putBucketVersioningHandler = handler(
  putBucketVersioning,
  'oss:PutBucketVersioning',
  'own-bucket',
  async ({ status }, { store, bucket }) => {
    await store.buckets.setVersioning(bucket, status === 'Enabled' ? 'enabled' : 'suspended');
    return {};
  },
);
