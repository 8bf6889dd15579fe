import { getBucketLocation, regionLocation } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getBucketLocationHandler = handler({
  operation: getBucketLocation,
  action: 'oss:GetBucketLocation',
  need: 'own-bucket',
  run: async (_, { bucket }) => ({ location: regionLocation(bucket.region) }),
});
