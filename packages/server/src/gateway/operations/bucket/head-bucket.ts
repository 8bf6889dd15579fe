import { headBucket } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const headBucketHandler = handler(
  headBucket,
  'oss:HeadBucket',
  'own-bucket',
  async (_, { bucket }) => ({ region: bucket.region }),
);
