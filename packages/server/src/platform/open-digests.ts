// Which answer this machine has to the digests port.
import { availableParallelism } from 'node:os';
import { type Digests, noDigests } from '../core/ports/digests.ts';
import { Md5Thread } from './md5-thread.ts';

/** On one core a second thread only takes turns with the first. No thread starts before it is wanted. */
export function openDigests(cores: number = availableParallelism()): Digests {
  return cores > 1 ? new Md5Thread() : noDigests;
}
