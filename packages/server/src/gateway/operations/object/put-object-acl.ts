import { putObjectAcl } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putObjectAclHandler = handler({
  operation: putObjectAcl,
  action: 'oss:PutObjectAcl',
  need: 'write-object-acl',
  run: async ({ versionId, acl }, { store, bucket, key }) =>
    store.objects.setAcl(bucket, key, acl, versionId),
});
