import { headBucket } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const headBucketHandler = handler({
  operation: headBucket,
  action: 'oss:HeadBucket',
  need: 'own-bucket',
  run: async (_, { bucket }) => ({ region: bucket.region }),
});
