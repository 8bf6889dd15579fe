// Encodes what the handler answered, and puts it on the wire.
import type { Step } from './step.ts';

export const sendAnswer: Step = {
  name: 'send answer',
  run: async ({ exchange, handler, output, parts }) => {
    await parts.sender.answer(exchange, handler.operation, output);
  },
};
