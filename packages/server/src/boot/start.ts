// Starts a server: configuration → engines → store → credentials → admin listener → front; stops it in the
// reverse order. Everything a running server holds is made here and handed down.
import { join } from 'node:path';
import { epochBytes } from '../core/ports/blob-id.ts';
import { openStore, type Store } from '../core/store.ts';
import { openDigests } from '../platform/open-digests.ts';
import { systemClock } from '../platform/system-clock.ts';
import { SystemRandom } from '../platform/system-random.ts';
import { type Admin, openAdmin } from './admin.ts';
import { ConfiguredTexts } from './configured-texts.ts';
import { type Engines, openEngines } from './engines.ts';
import type { Front } from './front.ts';
import {
  disableDropped,
  ensureCredentials,
  putAccounts,
  type RootKey,
} from './keys/credentials.ts';
import type { AccessKey } from './keys/root-key.ts';
import type { Listening } from './listen.ts';
import { flushLog, type Logger } from './log.ts';
import type { Seams } from './seams.ts';
import { serve } from './serve.ts';
import type { Configuration } from './settings/configuration.ts';
import { ConfigurationError } from './settings/errors.ts';
import { listenAddresses } from './settings/listen-address.ts';
import { keepFixed } from './settings/reload.ts';
import { storeSettings } from './settings/store-settings.ts';
import { openLocalAuthority } from './tls/local-authority.ts';

export interface Running extends Pick<Front, 'http' | 'https' | 'authority'> {
  readonly admin: Listening | undefined;
  readonly region: string;
  readonly rootKey: RootKey;
  readonly store: Store;
  /**
   * Serves by another configuration from the next request on, and names the settings that only a restart
   * changes. When it rejects, nothing has changed but accounts that were put before a failing disk.
   */
  reload(next: Configuration): Promise<readonly string[]>;
  /** Replaces each worker by a new one without losing a request; nothing where there are none. */
  restartWorkers(): Promise<void>;
  /** Drains and closes; safe to call twice. */
  stop(): Promise<void>;
}

export interface StartInput {
  readonly configuration: Configuration;
  /** Requests are answered by so many processes; 1: by this one. */
  readonly workers: number;
  readonly rootKey: AccessKey | undefined;
  readonly masterKey: string | undefined;
  /** The admin listener is nobody's wish: a taken port is no reason not to start. */
  readonly adminIsOptional: boolean;
  readonly log: Logger;
  /** The server can no longer promise durability and must end. */
  readonly onFatal: (error: Error) => void;
  readonly seams?: Seams;
}

export async function start(input: StartInput): Promise<Running> {
  const { configuration, log, seams = {} } = input;
  const { clock = systemClock, random = new SystemRandom() } = seams;
  const epoch = random.bytes(epochBytes);
  /** Of workers, hexadecimal. */
  const epochs = new Set<string>();
  const isAlive = (other: Buffer): boolean => epochs.has(other.toString('hex'));
  const engines = await openEngines({
    data: configuration.data,
    shared: input.workers > 1,
    epoch,
    random,
    masterKey: input.masterKey,
    onFatal: input.onFatal,
    fileSystem: seams.fileSystem,
    directWrites: seams.directWrites,
  });
  const digests = openDigests();
  const domainTexts = new ConfiguredTexts(configuration.cnameResolver);
  let store: Store | undefined;
  let admin: Admin | undefined;
  let front: Front | undefined;
  try {
    store = await openStore({
      metadata: seams.wrapMetadata?.(engines.metadata) ?? engines.metadata,
      blobs: engines.blobs,
      epoch,
      clock,
      random,
      digests,
      domainTexts,
      ...storeSettings(configuration),
      masterKey: engines.masterKey,
      exclusive: true,
      isAlive,
      ...(seams.graceMs === undefined ? {} : { graceMs: seams.graceMs }),
      ...(seams.sweepIntervalMs === undefined ? {} : { sweepIntervalMs: seams.sweepIntervalMs }),
      onBackgroundFailure: (error) => log.error({ err: error }, 'background work failed'),
      onFenced: () => input.onFatal(new Error('Another process took over this data folder.')),
    });
    const opened = store;
    const rootKey = await ensureCredentials(store, configuration, input.rootKey, random);
    const adminAddress = listenAddresses(configuration).admin;
    if (adminAddress !== undefined) {
      admin = await openAdmin({
        address: adminAddress,
        isOptional: input.adminIsOptional,
        isReady: () => isReady(front, opened),
        metrics: async () => (await front?.metrics()) ?? { contentType: 'text/plain', text: '' },
        log,
      });
    }
    const metered = admin !== undefined;
    if (input.workers > 1) {
      const sharing = requireSharing(engines);
      await sharing.acceptCommits(isAlive);
      const { WorkerPool } = await import('./workers/worker-pool.ts');
      front = await WorkerPool.start({
        configuration,
        workers: input.workers,
        data: configuration.data ?? '',
        masterKey: engines.masterKey,
        metered,
        // Made before workers look for it, so that they find the same one.
        authority: await openAuthority(configuration),
        store,
        epochs,
        forgetDeadReaders: sharing.forgetDeadReaders,
        random,
        log,
        onFatal: input.onFatal,
        seams,
      });
    } else {
      const { drain, stall } = seams;
      front = await serve({ configuration, metered, store, clock, random, log, drain, stall });
    }
    const served = front;
    const { http, https, authority } = served;
    if (http !== undefined && !http.isLoopback && https === undefined) warnOfPlainHttp(http, log);
    engines.announce(addressesOf(served));
    let current = configuration;
    const reload = async (next: Configuration): Promise<readonly string[]> => {
      const { configuration: wanted, ignored } = keepFixed(current, next);
      const apply = await served.prepare(wanted);
      await putAccounts(opened, wanted, rootKey.accessKeyId);
      await disableDropped(opened, current, wanted, rootKey.accessKeyId);
      await apply();
      domainTexts.use(wanted.cnameResolver);
      log.level = wanted.log;
      current = wanted;
      return ignored;
    };
    let reloading: Promise<unknown> = Promise.resolve();
    let stopping: Promise<void> | undefined;
    return {
      http,
      https,
      authority,
      admin: admin?.listening,
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
      restartWorkers: async () => {
        if (stopping === undefined) await served.restartWorkers?.();
      },
      stop: () => {
        stopping ??= (async () => {
          await reloading;
          await served.stop();
          // Until then it says that the server is not ready.
          admin?.close();
          await opened.close();
          await digests.close();
          await engines.close();
          flushLog(log);
        })();
        return stopping;
      },
    };
  } catch (error) {
    admin?.close();
    await store?.close();
    await digests.close();
    await engines.close();
    throw error;
  }
}

async function isReady(front: Front | undefined, store: Store): Promise<boolean> {
  if (front?.isReady() !== true) return false;
  await store.snapshot();
  return true;
}

function requireSharing({ sharing }: Engines): NonNullable<Engines['sharing']> {
  if (sharing !== undefined) return sharing;
  throw new ConfigurationError(
    'workers: several processes share a data folder, and none is given. Give data, or 1 worker.',
  );
}

async function openAuthority({ data, tls }: Configuration): Promise<Front['authority']> {
  if (data === undefined || tls?.selfSigned !== true) return undefined;
  return openLocalAuthority(join(data, 'tls'), Date.now());
}

/** Security checklist 48. */
function warnOfPlainHttp({ address }: Listening, log: Logger): void {
  log.warn(
    `Plain HTTP on ${address}: whoever sees the traffic can use its signed URLs and read its objects. ` +
      'Give --tls-cert and --tls-key, or put a proxy with TLS in front.',
  );
}

/** What a program that finds the data folder in use is told, and what the ready line says. */
export function addressesOf({ http, https }: Pick<Front, 'http' | 'https'>): string[] {
  return [
    ...(http === undefined ? [] : [`http://${http.address}`]),
    ...(https === undefined ? [] : [`https://${https.address}`]),
  ];
}
