// `import { startOsskeep } from '@osskeep/server'`: a server inside the process, for tests and for
// programs that embed it. The command starts its server through the same door.
import type { DestinationStream } from 'pino';
import { type ConfigurationInput, readConfiguration } from './boot/configuration.ts';
import { readConfigurationFile } from './boot/configuration-file.ts';
import { createLog, type LogLevel } from './boot/log.ts';
import type { AccessKey } from './boot/root-key.ts';
import { type Seams, start } from './boot/start.ts';
import type { Clock } from './core/ports/clock.ts';
import type { Store } from './core/store.ts';

export type { ConfigurationInput } from './boot/configuration.ts';
export { ConfigurationError } from './boot/errors.ts';
export type { LogLevel } from './boot/log.ts';
export type { AccessKey } from './boot/root-key.ts';
export type { Clock } from './core/ports/clock.ts';

/** Settings, as the configuration file has them, and what only a caller in process can give. */
export interface StartOptions extends ConfigurationInput {
  /** The root account's key. Absent: the stored one, else one is made. */
  readonly rootKey?: AccessKey | undefined;
  /** YAML; what is given here besides wins over it. */
  readonly configFile?: string | undefined;
  /** Base64 of 32 bytes. Absent: `master.key` in the data folder. */
  readonly masterKey?: string | undefined;
  /** `silent` when absent. */
  readonly log?: LogLevel | undefined;
  /** Where log lines go; standard error when absent. */
  readonly logStream?: DestinationStream | undefined;
  /** Wall and monotonic time; tests set it. */
  readonly clock?: Clock | undefined;
  /** Called when durability can no longer be promised; absent: the process ends with status 1. */
  readonly onFatal?: ((error: Error) => void) | undefined;
}

export interface Osskeep {
  /** `http://127.0.0.1:6770`. */
  readonly endpoint: string;
  readonly addresses: readonly string[];
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  /** Only when it was given or just made: a stored secret is never shown again. */
  readonly accessKeySecret: string | undefined;
  /** The root key was made by this start. */
  readonly rootKeyCreated: boolean;
  /** The domain behind the server, for tests that look below the wire. */
  readonly store: Store;
  /** Finishes what runs, then closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a server; without `data` it lives in memory, without `listen` on a free port of 127.0.0.1.
 * Rejects with ConfigurationError, or DirectoryInUseError when another server has the folder.
 */
export async function startOsskeep(
  options: StartOptions = {},
  seams: Seams = {},
): Promise<Osskeep> {
  const { rootKey, configFile, masterKey, log, logStream, clock, onFatal, ...settings } = options;
  const fromFile = configFile === undefined ? {} : await readConfigurationFile(configFile);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const configuration = readConfiguration(
    { listen: '127.0.0.1:0', ...fromFile, ...Object.fromEntries(given) },
    configFile ?? 'The configuration',
  );
  const logger = createLog(log ?? 'silent', logStream);
  const running = await start({
    configuration,
    rootKey,
    masterKey,
    log: logger,
    onFatal: onFatal ?? endProcess,
    seams: { ...seams, clock: clock ?? seams.clock },
  });
  return {
    endpoint: running.addresses[0] ?? '',
    addresses: running.addresses,
    port: running.port,
    region: running.region,
    accessKeyId: running.rootKey.accessKeyId,
    accessKeySecret: running.rootKey.accessKeySecret,
    rootKeyCreated: running.rootKey.isNew,
    store: running.store,
    stop: running.stop,
  };
}

/** What was acknowledged is on disk; a new start recovers from there (durability contract D11). */
function endProcess(error: Error): void {
  process.stderr.write(`osskeep ends: ${error.message}\n`);
  process.exit(1);
}
