import { optionObject } from '@osskeep/protocol';
import { handler } from '../../handler.ts';
import { preflight } from '../preflight.ts';

export const optionObjectHandler = handler(
  optionObject,
  'oss:OptionObject',
  'preflight',
  async (input, { bucket }) => preflight(input, bucket, 'object'),
);
