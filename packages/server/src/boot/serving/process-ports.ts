// What a process has of its machine, by the core's ports: time, randomness, hashing beside the main thread, and
// the domain name system.
import type { Clock } from '../../core/ports/clock.ts';
import type { Digests } from '../../core/ports/digests.ts';
import type { Random } from '../../core/ports/random.ts';
import { openDigests } from '../../platform/open-digests.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { SystemRandom } from '../../platform/system-random.ts';
import { ConfiguredTexts } from '../engines/configured-texts.ts';
import type { Configuration } from '../settings/configuration.ts';
import type { PartSeams } from './seams.ts';

export interface ProcessPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** To be closed when the store is. */
  readonly digests: Digests;
  readonly domainTexts: ConfiguredTexts;
}

export function openPorts(
  { clock = systemClock, random = new SystemRandom() }: PartSeams,
  { cnameResolver }: Configuration,
): ProcessPorts {
  return { clock, random, digests: openDigests(), domainTexts: new ConfiguredTexts(cnameResolver) };
}
