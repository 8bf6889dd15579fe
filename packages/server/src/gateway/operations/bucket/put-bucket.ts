import { ossError, putBucket, regionLocation } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putBucketHandler = handler({
  operation: putBucket,
  action: 'oss:PutBucket',
  need: 'signed',
  withoutBucket: true,
  run: async ({ acl, configuration }, { store, settings, owner, bucketName }) => {
    const wanted = configuration?.locationConstraint;
    const here = [settings.region, regionLocation(settings.region)];
    if (wanted !== undefined && wanted !== '' && !here.includes(wanted)) {
      throw ossError('InvalidLocationConstraint');
    }
    await store.buckets.create(bucketName, owner, {
      acl,
      storageClass: configuration?.storageClass,
      dataRedundancyType: configuration?.dataRedundancyType,
    });
    return { location: `/${bucketName}` };
  },
});
