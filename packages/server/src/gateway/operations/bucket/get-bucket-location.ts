import { getBucketLocation, regionLocation } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const getBucketLocationHandler = handler(
  getBucketLocation,
  'oss:GetBucketLocation',
  'own-bucket',
  async (_, { bucket }) => ({ location: regionLocation(bucket.region) }),
);
