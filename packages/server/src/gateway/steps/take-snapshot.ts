// The configuration that this request is served under, from the domain it is sent to until it is answered.
import type { Snapshot } from '../../core/context/configuration.ts';
import type { Step } from './step.ts';

export const takeSnapshot: Step<Snapshot> = {
  name: 'take snapshot',
  ask: ({ parts }) => parts.store.snapshot(),
  run: (work, at) => {
    work.at = at;
  },
};
