import { putBucketAcl } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

/** Makes the bucket where there is none, as PutBucket would (operations reference §4.2). */
export const putBucketAclHandler = handler({
  operation: putBucketAcl,
  action: 'oss:PutBucketAcl',
  need: 'own-bucket',
  withoutBucket: true,
  run: async ({ acl }, { store, existingBucket, owner, bucketName }) => {
    if (existingBucket === undefined) await store.buckets.create(bucketName, owner, { acl });
    else await store.documents.put(existingBucket, 'acl', { acl });
    return { location: `/${bucketName}` };
  },
});
