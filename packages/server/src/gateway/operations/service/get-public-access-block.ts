import { getPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const getPublicAccessBlockHandler = handler(
  getPublicAccessBlock,
  'oss:GetPublicAccessBlock',
  'signed',
  async (_, { store, owner }) => ({
    blockPublicAccess: await store.accounts.publicAccessBlock(owner.id),
  }),
);
