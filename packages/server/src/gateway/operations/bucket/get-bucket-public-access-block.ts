import { getBucketPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const getBucketPublicAccessBlockHandler = handler(
  getBucketPublicAccessBlock,
  'oss:GetBucketPublicAccessBlock',
  'own-bucket',
  async (_, { bucket }) => ({ blockPublicAccess: bucket.ownPublicAccessBlock }),
);
