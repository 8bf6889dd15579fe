import { checkCorsRules, putBucketCors } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const putBucketCorsHandler = handler(
  putBucketCors,
  'oss:PutBucketCors',
  'own-bucket',
  async (configuration, { store, bucket }) => {
    checkCorsRules(configuration.rules);
    await store.buckets.setCors(bucket, configuration);
    return {};
  },
);
