import { checkCorsRules, putBucketCors } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putBucketCorsHandler = handler({
  operation: putBucketCors,
  action: 'oss:PutBucketCors',
  need: 'own-bucket',
  run: async (configuration, { store, bucket }) => {
    checkCorsRules(configuration.rules);
    await store.buckets.setCors(bucket, configuration);
    return {};
  },
});
