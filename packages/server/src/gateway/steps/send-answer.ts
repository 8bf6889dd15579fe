// Encodes what the handler answered, and puts it on the wire.
import type { Step } from './step.ts';

export const sendAnswer: Step = {
  ask: ({ exchange, handler, output, parts }) =>
    parts.sender.answer(exchange, handler.operation, output),
};
