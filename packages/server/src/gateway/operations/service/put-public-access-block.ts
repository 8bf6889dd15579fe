import { putPublicAccessBlock } from '@osskeep/protocol';
import { handler } from '../../handler.ts';

export const putPublicAccessBlockHandler = handler(
  putPublicAccessBlock,
  'oss:PutPublicAccessBlock',
  'signed',
  async ({ blockPublicAccess }, { store, owner }) => {
    await store.accounts.setPublicAccessBlock(owner.id, blockPublicAccess);
    return {};
  },
);
