import { putBucketVersioning } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putBucketVersioningHandler = handler({
  operation: putBucketVersioning,
  action: 'oss:PutBucketVersioning',
  need: 'own-bucket',
  run: async ({ status }, { store, bucket }) => {
    await store.buckets.setVersioning(bucket, status === 'Enabled' ? 'enabled' : 'suspended');
    return {};
  },
});
