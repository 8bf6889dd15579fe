import { getBucketPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getBucketPublicAccessBlockHandler = handler({
  operation: getBucketPublicAccessBlock,
  action: 'oss:GetBucketPublicAccessBlock',
  need: 'own-bucket',
  run: async (_, { bucket }) => ({ blockPublicAccess: bucket.ownPublicAccessBlock }),
});
