// The store of a process: what is the same in the one that does all, in a primary and in a worker.
import { openStore, type Store, type StoreOptions } from '../../core/store.ts';
import type { ProcessEngines } from '../engines/engines.ts';
import type { Logger } from '../process/log.ts';
import type { Configuration } from '../settings/configuration.ts';
import { storeSettings } from '../settings/store-settings.ts';
import type { ProcessPorts } from './process-ports.ts';
import type { LimitSeams, PartSeams } from './seams.ts';

export interface ProcessStoreInput {
  readonly configuration: Configuration;
  readonly engines: ProcessEngines;
  readonly ports: ProcessPorts;
  /** Drawn for this process; the engines name blobs by it. */
  readonly epoch: Buffer;
  readonly log: Logger;
  readonly seams: Pick<PartSeams, 'wrapMetadata'> & Pick<LimitSeams, 'graceMs'>;
  /** What this process is to the others of its server. */
  readonly share: Pick<StoreOptions, 'isAlive' | 'runsNodeJobs' | 'sweepIntervalMs'>;
  /** Another process declared this one dead: it must end. */
  readonly onFenced: () => void;
}

/** Commits the process's lease before it resolves. */
export function openProcessStore(input: ProcessStoreInput): Promise<Store> {
  const { configuration, engines, ports, epoch, log, seams, share, onFenced } = input;
  return openStore({
    metadata: seams.wrapMetadata?.(engines.metadata) ?? engines.metadata,
    blobs: engines.blobs,
    epoch,
    ...ports,
    ...storeSettings(configuration),
    masterKey: engines.masterKey,
    exclusive: true,
    ...share,
    ...(seams.graceMs === undefined ? {} : { graceMs: seams.graceMs }),
    onBackgroundFailure: (error, job) => log.error({ err: error, job }, 'background work failed'),
    onFenced,
  });
}
