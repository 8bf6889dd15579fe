import { putBucketPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const putBucketPublicAccessBlockHandler = handler(
  putBucketPublicAccessBlock,
  'oss:PutBucketPublicAccessBlock',
  'own-bucket',
  async ({ blockPublicAccess }, { store, bucket }) => {
    await store.buckets.setPublicAccessBlock(bucket, blockPublicAccess);
    return {};
  },
);
