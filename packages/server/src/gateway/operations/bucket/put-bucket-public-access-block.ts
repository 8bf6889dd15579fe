import { putBucketPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putBucketPublicAccessBlockHandler = handler({
  operation: putBucketPublicAccessBlock,
  action: 'oss:PutBucketPublicAccessBlock',
  need: 'own-bucket',
  run: async ({ blockPublicAccess }, { store, bucket }) => {
    await store.buckets.setPublicAccessBlock(bucket, blockPublicAccess);
    return {};
  },
});
