import { getBucketVersioning } from '@osskeep/protocol';
import { handler } from '../../handler.ts';
import { versioningWord } from './versioning-word.ts';

export const getBucketVersioningHandler = handler(
  getBucketVersioning,
  'oss:GetBucketVersioning',
  'own-bucket',
  async (_, { bucket }) => ({ status: versioningWord(bucket.versioning) }),
);
