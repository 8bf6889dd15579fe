import { optionBucket } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { preflight } from '../preflight.ts';

export const optionBucketHandler = handler({
  operation: optionBucket,
  action: 'oss:OptionObject',
  need: 'preflight',
  run: async (input, { bucket }) => preflight(input, bucket, 'bucket'),
});
