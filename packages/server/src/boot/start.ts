// Starts a server: configuration → engines → store → credentials → gateway → listeners; stops it in the
// reverse order. Everything a running server holds is made here and handed down.
import { type Clock, systemClock } from '../core/ports/clock.ts';
import type { FileSystem } from '../core/ports/file-system.ts';
import type { Metadata } from '../core/ports/metadata.ts';
import { type Random, systemRandom } from '../core/ports/random.ts';
import { openStore, type Store } from '../core/store.ts';
import type { DrainTimes } from '../gateway/http/drain.ts';
import type { StallLimits } from '../gateway/http/stall-guard.ts';
import type { Configuration } from './configuration.ts';
import { disableDropped, ensureCredentials, putAccounts, type RootKey } from './credentials.ts';
import { openDomainTexts, openEngines } from './engines.ts';
import type { Logger } from './log.ts';
import { keepFixed } from './reload.ts';
import type { AccessKey } from './root-key.ts';
import { type Served, serve } from './serve.ts';

/** What tests replace; production leaves it empty. */
export interface Seams {
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly fileSystem?: FileSystem | undefined;
  readonly wrapMetadata?: ((metadata: Metadata) => Metadata) | undefined;
  readonly drain?: Partial<DrainTimes> | undefined;
  readonly stall?: StallLimits | undefined;
  /** How long freed bytes stay, ms. */
  readonly graceMs?: number | undefined;
}

export interface Running extends Pick<Served, 'http' | 'https' | 'admin' | 'authority'> {
  readonly region: string;
  readonly rootKey: RootKey;
  readonly store: Store;
  /**
   * Serves by another configuration from the next request on, and names the settings that only a restart
   * changes. When it rejects, nothing has changed but accounts that were put before a failing disk.
   */
  reload(next: Configuration): Promise<readonly string[]>;
  /** Drains and closes; safe to call twice. */
  stop(): Promise<void>;
}

export interface StartInput {
  readonly configuration: Configuration;
  readonly rootKey: AccessKey | undefined;
  readonly masterKey: string | undefined;
  /** The admin listener is nobody's wish: a taken port is no reason not to start. */
  readonly adminIsOptional: boolean;
  readonly log: Logger;
  /** The server can no longer promise durability and must end. */
  readonly onFatal: (error: Error) => void;
  readonly seams?: Seams;
}

const epochBytes = 6;

export async function start(input: StartInput): Promise<Running> {
  const { configuration, log, seams = {} } = input;
  const { clock = systemClock, random = systemRandom } = seams;
  const epoch = random.bytes(epochBytes);
  const engines = await openEngines({
    data: configuration.data,
    epoch,
    random,
    masterKey: input.masterKey,
    onFatal: input.onFatal,
    fileSystem: seams.fileSystem,
  });
  let domainTexts = openDomainTexts(configuration.cnameResolver);
  let store: Store | undefined;
  try {
    store = await openStore({
      metadata: seams.wrapMetadata?.(engines.metadata) ?? engines.metadata,
      blobs: engines.blobs,
      epoch,
      clock,
      random,
      domainTexts: { find: (name) => domainTexts.find(name) },
      region: configuration.region,
      masterKey: engines.masterKey,
      bucketsPerOwnerMax: configuration.limits.bucketsPerAccount,
      blockPublicAccess: configuration.blockPublicAccess,
      exclusive: true,
      ...(seams.graceMs === undefined ? {} : { graceMs: seams.graceMs }),
      onBackgroundFailure: (error) => log.error({ err: error }, 'background work failed'),
      onFenced: () => input.onFatal(new Error('Another process took over this data folder.')),
    });
    const rootKey = await ensureCredentials(store, configuration, input.rootKey, random);
    const opened = store;
    const served = await serve({
      configuration,
      adminIsOptional: input.adminIsOptional,
      store,
      clock,
      random,
      log,
      drain: seams.drain,
      stall: seams.stall,
    });
    engines.announce(addressesOf(served));
    let current = configuration;
    const reload = async (next: Configuration): Promise<readonly string[]> => {
      const { configuration: wanted, ignored } = keepFixed(current, next);
      const apply = await served.prepare(wanted);
      await putAccounts(opened, wanted, rootKey.accessKeyId);
      await disableDropped(opened, current, wanted, rootKey.accessKeyId);
      apply();
      domainTexts = openDomainTexts(wanted.cnameResolver);
      log.level = wanted.log;
      current = wanted;
      return ignored;
    };
    let reloading: Promise<unknown> = Promise.resolve();
    let stopping: Promise<void> | undefined;
    return {
      ...served,
      region: configuration.region,
      rootKey,
      store: opened,
      reload: (next) => {
        // One after the other: each compares with what the one before left.
        const done = reloading.then(() => {
          if (stopping !== undefined) throw new Error('The server stops.');
          return reload(next);
        });
        reloading = done.catch(() => undefined);
        return done;
      },
      stop: () => {
        stopping ??= (async () => {
          await reloading;
          await served.stop();
          await opened.close();
          await engines.close();
        })();
        return stopping;
      },
    };
  } catch (error) {
    await store?.close();
    await engines.close();
    throw error;
  }
}

/** What a program that finds the data folder in use is told, and what the ready line says. */
export function addressesOf({ http, https }: Pick<Served, 'http' | 'https'>): string[] {
  return [
    ...(http === undefined ? [] : [`http://${http.address}`]),
    ...(https === undefined ? [] : [`https://${https.address}`]),
  ];
}
