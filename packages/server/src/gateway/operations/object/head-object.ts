import { headObject } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { requireConditions } from './read-conditions.ts';
import { objectHeaders } from './stored-headers.ts';

export const headObjectHandler = handler({
  operation: headObject,
  action: 'oss:GetObject',
  need: 'read-object',
  run: async (input, { store, bucket, key, at }) => {
    const which = { versionId: input.versionId, method: 'HEAD', at };
    const object = await store.objects.get(bucket, key, which);
    requireConditions(input, object);
    return objectHeaders(object);
  },
});
