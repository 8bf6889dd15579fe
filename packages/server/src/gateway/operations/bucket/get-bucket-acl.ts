import { getBucketAcl } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const getBucketAclHandler = handler(
  getBucketAcl,
  'oss:GetBucketAcl',
  'own-bucket',
  async (_, { bucket }) => ({ owner: bucket.owner, grant: bucket.acl }),
);
