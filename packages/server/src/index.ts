// `import { startOsskeep } from '@osskeep/server'`: a server inside the process, for tests and for
// programs that embed it. The command starts its server through the same door.
import type { DestinationStream } from 'pino';
import type { AccessKey } from './boot/keys/root-key.ts';
import { type Logger, openLog } from './boot/process/log.ts';
import { Turns } from './boot/process/turns.ts';
import type { Running } from './boot/running.ts';
import type { Seams } from './boot/seams.ts';
import type { Configuration, ConfigurationInput } from './boot/settings/configuration.ts';
import { readSettings, type SettingSources } from './boot/settings/read-settings.ts';
import { addressesOf, start } from './boot/start.ts';
import type { Clock } from './core/ports/clock.ts';
import type { Store } from './core/store.ts';

export type { AccessKey } from './boot/keys/root-key.ts';
export type { ConfigurationInput } from './boot/settings/configuration.ts';
export { ConfigurationError } from './boot/settings/errors.ts';
export type { LogLevel } from './boot/settings/log-levels.ts';
export type { Clock } from './core/ports/clock.ts';

/** Settings, as the configuration file has them, and what only a caller in process can give. */
export interface StartOptions extends ConfigurationInput {
  /** The root account's key. Absent: the stored one, else one is made. */
  readonly rootKey?: AccessKey | undefined;
  /** YAML; what is given here besides wins over it. */
  readonly configFile?: string | undefined;
  /** Settings that count where neither these options nor the file say anything. */
  readonly defaults?: ConfigurationInput | undefined;
  /** Base64 of 32 bytes. Absent: `master.key` in the data folder. */
  readonly masterKey?: string | undefined;
  /** Where log lines go; standard error when absent. */
  readonly logStream?: DestinationStream | undefined;
  /** Wall and monotonic time; tests set it. */
  readonly clock?: Clock | undefined;
  /** Called when durability can no longer be promised; absent: the process ends with status 1. */
  readonly onFatal?: ((error: Error) => void) | undefined;
}

/** A server that runs, in one process or several. */
export interface Service {
  /** `http://127.0.0.1:6770`; the https one where plain HTTP is off. */
  readonly endpoint: string;
  /** `https://127.0.0.1:6772`; absent without TLS. */
  readonly httpsEndpoint: string | undefined;
  /** Health and metrics, `http://127.0.0.1:6771`; absent when off. */
  readonly adminEndpoint: string | undefined;
  /** Certificate of the server's own authority, PEM, which clients have to trust; only when `selfSigned`. */
  readonly tlsCa: string | undefined;
  /** The file it is kept in; absent in memory. */
  readonly tlsCaFile: string | undefined;
  /** Of the gateway: http, then https. */
  readonly addresses: readonly string[];
  /** Of `endpoint`. */
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  /** Only when it was given or just made: a stored secret is never shown again. */
  readonly accessKeySecret: string | undefined;
  /** The root key was made by this start. */
  readonly rootKeyCreated: boolean;
  /**
   * Reads the configuration file again, with these settings in place of those given before, and serves by
   * it from the next request on: accounts and keys, domains, certificates, log level. Rejects with
   * ConfigurationError, and changes nothing, when they cannot be used. Gives the names of changed settings
   * that only a restart applies.
   */
  reload(changed?: ConfigurationInput): Promise<readonly string[]>;
  /**
   * Replaces one worker after the other by a new process, and loses no request. Rejects, and leaves the old
   * ones, when a new one cannot start. Does nothing for a server of one process.
   */
  restartWorkers(): Promise<void>;
  /** Finishes what runs, then closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** A server inside this process. */
export interface Osskeep extends Service {
  /** The domain behind the server, for tests that look below the wire. */
  readonly store: Store;
}

/**
 * Starts a server in this process, whatever `workers` says; without `data` it lives in memory, without `listen` on a free port of 127.0.0.1.
 * Rejects with ConfigurationError, or DirectoryInUseError when another server has the folder.
 */
export async function startOsskeep(
  options: StartOptions = {},
  seams: Seams = {},
): Promise<Osskeep> {
  return open(options, seams, () => 1);
}

/**
 * Starts a server as `osskeep serve` does: with `workers` above 1 this process writes and watches, and so
 * many others answer requests. Only one of them can run in a process, and needs `data`.
 */
export async function serveOsskeep(options: StartOptions, seams: Seams = {}): Promise<Service> {
  return open(options, seams, ({ workers }) => workers);
}

async function open(
  options: StartOptions,
  seams: Seams,
  workersOf: (configuration: Configuration) => number,
): Promise<Osskeep> {
  const {
    rootKey,
    configFile,
    defaults = {},
    masterKey,
    logStream,
    clock,
    onFatal,
    ...given
  } = options;
  const sources = { defaults: { listen: '127.0.0.1:0', ...defaults }, configFile };
  const first = await readSettings({ ...sources, given });
  const workers = workersOf(first.configuration);
  const { log, flush } = openLog(first.configuration.log, logStream, { isShared: workers > 1 });
  const running = await start({
    configuration: first.configuration,
    workers,
    rootKey,
    masterKey,
    adminIsOptional: !first.isSaid('admin', 'listen'),
    log,
    flushLog: flush,
    onFatal: onFatal ?? endProcess,
    seams: { ...seams, clock: clock ?? seams.clock },
  });
  return serviceOf(running, reloader(running, { ...sources, given }, log), log);
}

/** What `Service` and `Osskeep` promise of a server that runs. */
function serviceOf(running: Running, reload: Osskeep['reload'], log: Logger): Osskeep {
  const { http, https, admin, authority, region, rootKey, store } = running;
  const addresses = addressesOf(running);
  return {
    endpoint: addresses[0] ?? '',
    httpsEndpoint: https && `https://${https.address}`,
    adminEndpoint: admin && `http://${admin.address}`,
    tlsCa: authority?.certificate,
    tlsCaFile: authority?.file,
    addresses,
    port: (http ?? https)?.port ?? 0,
    region,
    accessKeyId: rootKey.accessKeyId,
    accessKeySecret: rootKey.accessKeySecret,
    rootKeyCreated: rootKey.isNew,
    store,
    reload,
    restartWorkers: async () => {
      try {
        await running.restartWorkers();
      } catch (error) {
        log.error(`The workers stay as they were. ${(error as Error).message}`);
        throw error;
      }
    },
    stop: () => running.stop(),
  };
}

/** Reads the settings anew, each time with those given last in place of the ones before. */
function reloader(running: Running, sources: SettingSources, log: Logger): Osskeep['reload'] {
  let settings = sources.given;
  const reload = async (changed: ConfigurationInput): Promise<readonly string[]> => {
    try {
      const next = { ...settings, ...changed };
      const { configuration } = await readSettings({ ...sources, given: next });
      const ignored = await running.reload(configuration);
      settings = next;
      log.info('configuration read again');
      if (ignored.length > 0) log.warn({ ignored }, 'settings that only a restart changes');
      return ignored;
    } catch (error) {
      log.error(`The configuration stays as it was. ${(error as Error).message}`);
      throw error;
    }
  };
  // In the order of the calls: what is read later must not be overtaken by what was read before.
  const turns = new Turns();
  return (changed = {}) => turns.take(() => reload(changed));
}

/** What was acknowledged is on disk; a new start recovers from there (durability contract D11). */
function endProcess(error: Error): void {
  process.stderr.write(`osskeep ends: ${error.message}\n`);
  process.exit(1);
}
