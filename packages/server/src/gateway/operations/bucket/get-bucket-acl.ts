import { getBucketAcl } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getBucketAclHandler = handler({
  operation: getBucketAcl,
  action: 'oss:GetBucketAcl',
  need: 'own-bucket',
  run: async (_, { bucket }) => ({ owner: bucket.owner, grant: bucket.acl }),
});
