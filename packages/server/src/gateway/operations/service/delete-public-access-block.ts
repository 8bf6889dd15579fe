import { deletePublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const deletePublicAccessBlockHandler = handler(
  deletePublicAccessBlock,
  'oss:DeletePublicAccessBlock',
  'signed',
  async (_, { store, owner }) => {
    await store.accounts.setPublicAccessBlock(owner.id, false);
    return {};
  },
);
