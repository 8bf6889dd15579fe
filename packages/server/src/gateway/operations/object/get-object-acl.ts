import { getObjectAcl } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getObjectAclHandler = handler({
  operation: getObjectAcl,
  action: 'oss:GetObjectAcl',
  need: 'read-object-acl',
  run: async ({ versionId }, { store, bucket, key, at }) => {
    const object = await store.objects.get(bucket, key, { versionId, at });
    return { versionId: object.versionId, owner: bucket.owner, grant: object.acl };
  },
});
