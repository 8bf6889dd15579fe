import { optionBucket } from '@osskeep/protocol';
import { handler } from '../../handler.ts';
import { preflight } from '../preflight.ts';

export const optionBucketHandler = handler(
  optionBucket,
  'oss:OptionObject',
  'preflight',
  async (input, { bucket }) => preflight(input, bucket, 'bucket'),
);
