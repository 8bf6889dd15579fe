// Which front a server has: this process, or workers that it starts.
import { join } from 'node:path';
import type { Store } from '../core/store.ts';
import type { Engines, Sharing } from './engines/engines.ts';
import type { Logger } from './process/log.ts';
import type { Front } from './serving/front.ts';
import type { ProcessPorts } from './serving/process-ports.ts';
import { serve } from './serving/serve.ts';
import type { Configuration } from './settings/configuration.ts';
import { ConfigurationError } from './settings/errors.ts';
import { openLocalAuthority } from './tls/local-authority.ts';
import type { PoolSeams } from './workers/worker-pool.ts';

export interface FrontInput {
  readonly configuration: Configuration;
  /** Requests are answered by so many processes; 1: by this one. */
  readonly workers: number;
  /** Requests are counted. */
  readonly metered: boolean;
  readonly engines: Engines;
  readonly ports: ProcessPorts;
  readonly store: Store;
  /** Epochs of the workers that may commit, hexadecimal; kept by whoever starts them. */
  readonly workerEpochs: Set<string>;
  /** One of them has this epoch. */
  readonly isAlive: (epoch: Buffer) => boolean;
  readonly log: Logger;
  /** Workers keep ending as soon as they start: there is no use in going on. */
  readonly onFatal: (error: Error) => void;
  readonly seams: PoolSeams;
}

/** Resolves when requests are answered. */
export function openFront(input: FrontInput): Promise<Front> {
  if (input.workers > 1) return openPool(input);
  const { configuration, metered, store, ports, log, seams } = input;
  const { clock, random } = ports;
  const { drain, stall } = seams;
  return serve({ configuration, metered, store, clock, random, log, drain, stall });
}

async function openPool(input: FrontInput): Promise<Front> {
  const { configuration, workers, metered, engines, ports, store, workerEpochs } = input;
  const { isAlive, log, onFatal, seams } = input;
  const sharing = requireSharing(engines);
  await sharing.acceptCommits(isAlive);
  const { WorkerPool } = await import('./workers/worker-pool.ts');
  return WorkerPool.start({
    configuration,
    workers,
    data: configuration.data ?? '',
    masterKey: engines.masterKey,
    metered,
    // Made before workers look for it, so that they find the same one.
    authority: await openAuthority(configuration),
    store,
    epochs: workerEpochs,
    forgetDeadReaders: sharing.forgetDeadReaders,
    random: ports.random,
    log,
    onFatal,
    seams,
  });
}

function requireSharing({ sharing }: Engines): Sharing {
  if (sharing !== undefined) return sharing;
  throw new ConfigurationError(
    'workers: several processes share a data folder, and none is given. Give data, or 1 worker.',
  );
}

async function openAuthority({ data, tls }: Configuration): Promise<Front['authority']> {
  if (data === undefined || tls?.selfSigned !== true) return undefined;
  return openLocalAuthority(join(data, 'tls'), Date.now());
}
