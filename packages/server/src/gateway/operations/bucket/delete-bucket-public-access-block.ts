import { deleteBucketPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

/** Off from then on, not the server's default again (operations reference T1-73). */
export const deleteBucketPublicAccessBlockHandler = handler({
  operation: deleteBucketPublicAccessBlock,
  action: 'oss:DeleteBucketPublicAccessBlock',
  need: 'own-bucket',
  run: async (_, { store, bucket }) => {
    await store.buckets.setPublicAccessBlock(bucket, false);
    return {};
  },
});
