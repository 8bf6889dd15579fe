// What tests replace in any process of a server, the one that does all and a worker alike; production leaves it
// empty.
import type { Clock } from '../../core/ports/clock.ts';
import type { Metadata } from '../../core/ports/metadata.ts';
import type { Random } from '../../core/ports/random.ts';
import type { StallLimits } from '../../gateway/http/stall-guard.ts';
import type { DrainTimes } from '../../gateway/listeners/drain.ts';
import type { DiskOptions } from '../engines/engines.ts';

/** Parts: a worker's program gives it its own. */
export interface PartSeams extends DiskOptions {
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly wrapMetadata?: ((metadata: Metadata) => Metadata) | undefined;
}

/** Numbers: a worker is told those of its primary. */
export interface LimitSeams {
  readonly drain?: Partial<DrainTimes> | undefined;
  readonly stall?: StallLimits | undefined;
  /** How long freed bytes stay, ms. */
  readonly graceMs?: number | undefined;
}
