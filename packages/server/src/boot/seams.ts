// What tests replace in a server; production leaves it empty.

import type { PartSeams } from './serving/seams.ts';
import type { PoolSeams } from './workers/worker-pool.ts';

export interface Seams extends PartSeams, PoolSeams {
  readonly sweepIntervalMs?: number | undefined;
}
