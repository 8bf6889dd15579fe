import { optionObject } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { preflight } from '../preflight.ts';

export const optionObjectHandler = handler({
  operation: optionObject,
  action: 'oss:OptionObject',
  need: 'preflight',
  run: async (input, { bucket }) => preflight(input, bucket, 'object'),
});
