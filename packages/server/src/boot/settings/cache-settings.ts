// What is kept in memory so that it is not read or computed twice, per process: objects, links, and the stamps
// of rows share it.
import type { Configuration } from './configuration.ts';

type Limits = Pick<Configuration, 'limits'>;

/** Ten thousand objects of 4 KiB, by default, and as much again that was used before. */
export function objectCacheBytes({ limits }: Limits): number {
  return Math.floor(limits.cacheBytes * 0.625);
}

/** As many links. */
export function knownLinkBytes({ limits }: Limits): number {
  return Math.floor(limits.cacheBytes * 0.25);
}

/** In the process that writes. */
export function stampBytes({ limits }: Limits): number {
  return Math.floor(limits.cacheBytes * 0.125);
}
