// Starts a server: configuration → engines → store → credentials → admin listener → front. Everything a running
// server holds is made here and handed down; a stop, or a start that fails, closes it in the reverse order.
import { epochBytes } from '../core/ports/blob-id.ts';
import type { Store } from '../core/store.ts';
import { type Admin, openAdmin } from './admin.ts';
import { openEngines } from './engines/open-engines.ts';
import { ensureCredentials } from './keys/credentials.ts';
import type { AccessKey } from './keys/root-key.ts';
import { openFront } from './open-front.ts';
import { type ClosingStack, openOrClose } from './process/closing-stack.ts';
import type { Logger } from './process/log.ts';
import { type Running, RunningServer } from './running.ts';
import type { Seams } from './seams.ts';
import type { Front } from './serving/front.ts';
import { openPorts } from './serving/process-ports.ts';
import { openProcessStore } from './serving/process-store.ts';
import { stampBytes } from './settings/cache-settings.ts';
import type { Configuration } from './settings/configuration.ts';
import { listenAddresses } from './settings/listen-address.ts';

export interface StartInput {
  readonly configuration: Configuration;
  /** Requests are answered by so many processes; 1: by this one. */
  readonly workers: number;
  readonly rootKey: AccessKey | undefined;
  readonly masterKey: string | undefined;
  /** The admin listener is nobody's wish: a taken port is no reason not to start. */
  readonly adminIsOptional: boolean;
  readonly log: Logger;
  /** Writes what waits in the log; the last that a stop does. */
  readonly flushLog: () => void;
  /** The server can no longer promise durability and must end. */
  readonly onFatal: (error: Error) => void;
  readonly seams?: Seams;
}

export function start(input: StartInput): Promise<Running> {
  return openOrClose(
    (opened) => open(input, opened),
    (error) => input.log.error({ err: error }, 'not everything of the failed start is closed'),
  );
}

async function open(input: StartInput, opened: ClosingStack): Promise<Running> {
  const { configuration, workers, log, onFatal, seams = {} } = input;
  const ports = openPorts(seams, configuration);
  const epoch = ports.random.bytes(epochBytes);
  /** Of workers, hexadecimal. */
  const workerEpochs = new Set<string>();
  const isAlive = (other: Buffer): boolean => workerEpochs.has(other.toString('hex'));
  opened.add(input.flushLog);
  const engines = await openEngines({
    data: configuration.data,
    epoch,
    random: ports.random,
    masterKey: input.masterKey,
    stampBytes: stampBytes(configuration),
    uploadBufferBytes: configuration.limits.uploadBufferBytes,
    onFatal,
    fileSystem: seams.fileSystem,
    directWrites: seams.directWrites,
  });
  opened.add(() => engines.close());
  opened.add(() => ports.digests.close());
  const { sweepIntervalMs } = seams;
  const store = await openProcessStore({
    configuration,
    engines,
    ports,
    epoch,
    log,
    seams,
    share: {
      isAlive,
      ...(sweepIntervalMs === undefined ? {} : { sweepIntervalMs }),
    },
    onFenced: () => onFatal(new Error('Another process took over this data folder.')),
  });
  opened.add(() => store.close());
  const rootKey = await ensureCredentials(store, configuration, input.rootKey, ports.random);
  let front: Front | undefined;
  const admin = await openConfiguredAdmin(input, store, () => front);
  // Until the front is closed it says that the server is not ready.
  opened.add(() => admin?.close());
  const metered = admin !== undefined;
  const parts = { configuration, workers, metered, engines, ports, store, workerEpochs, isAlive };
  const served = await openFront({ ...parts, log, onFatal, seams });
  front = served;
  opened.add(() => served.stop());
  warnOfPlainHttp(served, log);
  engines.announce(addressesOf(served));
  const { domainTexts } = ports;
  const listening = admin?.listening;
  const running = { configuration, front: served, admin: listening, store, rootKey, domainTexts };
  return new RunningServer({ ...running, log, opened });
}

/** It listens before the front does. */
async function openConfiguredAdmin(
  { configuration, adminIsOptional, log }: StartInput,
  store: Store,
  front: () => Front | undefined,
): Promise<Admin | undefined> {
  const address = listenAddresses(configuration).admin;
  if (address === undefined) return undefined;
  return openAdmin({
    address,
    isOptional: adminIsOptional,
    isReady: async () => {
      if (front()?.isReady() !== true) return false;
      await store.probe();
      return true;
    },
    metrics: async () => (await front()?.metrics()) ?? { contentType: 'text/plain', text: '' },
    log,
  });
}

/** Security checklist 48. */
function warnOfPlainHttp({ http, https }: Front, log: Logger): void {
  if (http === undefined || http.isLoopback || https !== undefined) return;
  log.warn(
    `Plain HTTP on ${http.address}: whoever sees the traffic can use its signed URLs and read its ` +
      'objects. Give --tls-cert and --tls-key, or put a proxy with TLS in front.',
  );
}

/** What a program that finds the data folder in use is told, and what the ready line says. */
export function addressesOf({ http, https }: Pick<Front, 'http' | 'https'>): string[] {
  return [
    ...(http === undefined ? [] : [`http://${http.address}`]),
    ...(https === undefined ? [] : [`https://${https.address}`]),
  ];
}
