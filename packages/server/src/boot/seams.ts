// What tests replace in a server; production leaves it empty.
import type { Clock } from '../core/ports/clock.ts';
import type { Metadata } from '../core/ports/metadata.ts';
import type { Random } from '../core/ports/random.ts';
import type { FileSystem } from '../engines/embedded/disk/file-system.ts';
import type { StallLimits } from '../gateway/http/stall-guard.ts';
import type { DrainTimes } from '../gateway/listeners/drain.ts';
import type { RestartTimes } from './workers/restarts.ts';

export interface Seams {
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly fileSystem?: FileSystem | undefined;
  readonly wrapMetadata?: ((metadata: Metadata) => Metadata) | undefined;
  readonly drain?: Partial<DrainTimes> | undefined;
  readonly stall?: StallLimits | undefined;
  /** How long freed bytes stay, ms. */
  readonly graceMs?: number | undefined;
  readonly sweepIntervalMs?: number | undefined;
  /** The program of the workers: one that gives `runWorker` seams of its own. */
  readonly workerProgram?: string | undefined;
  readonly restarts?: Partial<RestartTimes> | undefined;
}
