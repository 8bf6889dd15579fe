// Which operation the request asks for, before it is known whether the sender may.
import type { Step } from './step.ts';

export const selectOperation: Step = {
  run: (work) => {
    const { exchange, head, parts, resource } = work;
    work.selected = parts.operations.select(head, resource);
    exchange.operation = work.selected.name;
  },
};
