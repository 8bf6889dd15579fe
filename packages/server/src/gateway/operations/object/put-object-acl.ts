import { putObjectAcl } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const putObjectAclHandler = handler(
  putObjectAcl,
  'oss:PutObjectAcl',
  'write-object-acl',
  async ({ versionId, acl }, { store, bucket, key }) =>
    store.objects.setAcl(bucket, key, acl, versionId),
);
