import { getBucketCors, ossError } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getBucketCorsHandler = handler({
  operation: getBucketCors,
  action: 'oss:GetBucketCors',
  need: 'own-bucket',
  run: async (_, { bucket }) => {
    if (bucket.cors === undefined) {
      throw ossError('NoSuchCORSConfiguration', { BucketName: bucket.name });
    }
    return bucket.cors;
  },
});
