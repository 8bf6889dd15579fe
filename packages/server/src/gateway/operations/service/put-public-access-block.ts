import { putPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const putPublicAccessBlockHandler = handler({
  operation: putPublicAccessBlock,
  action: 'oss:PutPublicAccessBlock',
  need: 'signed',
  run: async ({ blockPublicAccess }, { store, owner }) => {
    await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: blockPublicAccess });
    return {};
  },
});
