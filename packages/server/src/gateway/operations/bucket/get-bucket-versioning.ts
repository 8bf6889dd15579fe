import { getBucketVersioning } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { versioningWord } from './versioning-word.ts';

export const getBucketVersioningHandler = handler({
  operation: getBucketVersioning,
  action: 'oss:GetBucketVersioning',
  need: 'own-bucket',
  run: async (_, { bucket }) => ({ status: versioningWord(bucket.versioning) }),
});
