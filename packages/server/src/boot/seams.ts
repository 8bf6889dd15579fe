// What tests replace in a server; production leaves it empty.

import type { Clock } from '../core/ports/clock.ts';
import type { Metadata } from '../core/ports/metadata.ts';
import type { Random } from '../core/ports/random.ts';
import type { FileSystem } from '../engines/embedded/disk/file-system.ts';
import type { StallLimits } from '../gateway/http/stall-guard.ts';
import type { DrainTimes } from '../gateway/listeners/drain.ts';
import type { PartSeams } from './serving/seams.ts';
import type { RestartTimes } from './workers/restarts.ts';
import type { PoolSeams } from './workers/worker-pool.ts';

export interface Seams extends PartSeams, PoolSeams {
  readonly sweepIntervalMs?: number | undefined;
}
