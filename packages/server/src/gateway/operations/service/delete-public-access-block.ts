import { deletePublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';

export const deletePublicAccessBlockHandler = handler({
  operation: deletePublicAccessBlock,
  action: 'oss:DeletePublicAccessBlock',
  need: 'signed',
  run: async (_, { store, owner }) => {
    await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: false });
    return {};
  },
});
