import { getBucketCors, ossError } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const getBucketCorsHandler = handler(
  getBucketCors,
  'oss:GetBucketCors',
  'own-bucket',
  async (_, { bucket }) => {
    if (bucket.cors === undefined) {
      throw ossError('NoSuchCORSConfiguration', { BucketName: bucket.name });
    }
    return bucket.cors;
  },
);
