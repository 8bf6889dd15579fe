// Decodes the request with the operation's one definition, and runs the handler.
import { decodeRequest } from '@osskeep/protocol';
import { RequestContext } from '../request/request-context.ts';
import type { Step } from './step.ts';

export const runOperation: Step = {
  ask: (work) => {
    const { at, bucket, caller, exchange, handler, message, parts, settings } = work;
    const input = decodeRequest(handler.operation, message);
    const context = new RequestContext(parts.store, settings, exchange, at, caller, bucket);
    return handler.run(input, context);
  },
  run: (work, output) => {
    work.output = output;
  },
};
