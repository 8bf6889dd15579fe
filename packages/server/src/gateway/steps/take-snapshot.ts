// The configuration that this request is served under, from the domain it is sent to until it is answered.
import type { Step } from './step.ts';

export const takeSnapshot: Step = {
  name: 'take snapshot',
  run: async (work) => {
    work.at = await work.parts.store.snapshot();
  },
};
