import { getPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const getPublicAccessBlockHandler = handler({
  operation: getPublicAccessBlock,
  action: 'oss:GetPublicAccessBlock',
  need: 'signed',
  run: async (_, { store, owner }) => {
    const document = await store.accounts.get(owner.id, 'publicAccessBlock');
    return { blockPublicAccess: document?.enabled ?? false };
  },
});
