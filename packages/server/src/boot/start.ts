// Starts a server: configuration → engines → store → credentials → gateway → listener; stops it in the
// reverse order. Everything a running server holds is made here and handed down.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  defaultHashes,
  extranetHost,
  intranetHost,
  notBuiltOperations,
  SigningKeyCache,
} from '@osskeep/protocol';
import { type Clock, systemClock } from '../core/ports/clock.ts';
import type { FileSystem } from '../core/ports/file-system.ts';
import type { Metadata } from '../core/ports/metadata.ts';
import { type Random, systemRandom } from '../core/ports/random.ts';
import { openStore, type Store } from '../core/store.ts';
import { Drain, type DrainTimes, defaultDrainTimes } from '../gateway/http/drain.ts';
import { createListener } from '../gateway/http/listener.ts';
import { RequestIds } from '../gateway/http/request-id.ts';
import { defaultStallLimits, StallGuard, type StallLimits } from '../gateway/http/stall-guard.ts';
import { OperationDirectory } from '../gateway/operation-directory.ts';
import { Pipeline } from '../gateway/pipeline.ts';
import { registry } from '../gateway/registry.ts';
import type { GatewaySettings } from '../gateway/settings.ts';
import { officialDomains } from '../gateway/steps/identify-resource.ts';
import { type Configuration, parseListen } from './configuration.ts';
import { ensureCredentials, type RootKey } from './credentials.ts';
import { openEngines } from './engines.ts';
import { ConfigurationError } from './errors.ts';
import type { Logger } from './log.ts';
import type { AccessKey } from './root-key.ts';

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

export interface Running {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly region: string;
  readonly rootKey: RootKey;
  readonly store: Store;
  /** Drains and closes; safe to call twice. */
  stop(): Promise<void>;
}

export interface StartInput {
  readonly configuration: Configuration;
  readonly rootKey: AccessKey | undefined;
  readonly masterKey: string | undefined;
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
  let store: Store | undefined;
  try {
    store = await openStore({
      metadata: seams.wrapMetadata?.(engines.metadata) ?? engines.metadata,
      blobs: engines.blobs,
      epoch,
      clock,
      random,
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
    const served = await serve(input, opened, clock, random);
    engines.announce(served.addresses);
    let stopping: Promise<void> | undefined;
    return {
      addresses: served.addresses,
      port: served.port,
      region: configuration.region,
      rootKey,
      store: opened,
      stop: () => {
        stopping ??= (async () => {
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

interface Served {
  readonly addresses: readonly string[];
  readonly port: number;
  stop(): Promise<void>;
}

async function serve(
  { configuration, log, seams = {} }: StartInput,
  store: Store,
  clock: Clock,
  random: Random,
): Promise<Served> {
  const requestIds = new RequestIds(random);
  const stallGuard = new StallGuard(clock, seams.stall ?? defaultStallLimits);
  // The drain watches the server that the pipeline's requests arrive at; each needs the other.
  let isDraining = (): boolean => false;
  const pipeline = new Pipeline({
    store,
    settings: gatewaySettings(configuration),
    authenticator: {
      region: configuration.region,
      hashes: defaultHashes(),
      keys: new SigningKeyCache(),
    },
    operations: new OperationDirectory(registry, notBuiltOperations),
    clock,
    log,
    requestIds,
    stallGuard,
    isDraining: () => isDraining(),
  });
  const server = createListener(pipeline, requestIds);
  const drain = new Drain(server);
  isDraining = () => drain.draining;
  const { host } = parseListen(configuration.listen);
  const port = await listen(server, configuration.listen);
  stallGuard.start();
  return {
    addresses: [`http://${host.includes(':') ? `[${host}]` : host}:${port}`],
    port,
    stop: async () => {
      await drain.run({ ...defaultDrainTimes, ...seams.drain });
      stallGuard.stop();
    },
  };
}

function gatewaySettings(configuration: Configuration): GatewaySettings {
  const { region, domains, cnames, defaultBucket, publicEndpoint } = configuration;
  return {
    region,
    addressing: {
      region,
      domains: ['localhost', ...officialDomains(region), ...domains],
      cnames: new Map(Object.entries(cnames)),
      defaultBucket,
    },
    extranetEndpoint: publicEndpoint ?? extranetHost(region),
    intranetEndpoint: publicEndpoint ?? intranetHost(region),
    objectBytesMax: configuration.limits.objectBytes,
  };
}

async function listen(server: Server, address: string): Promise<number> {
  const { host, port } = parseListen(address);
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? 'another program listens there; stop it or choose another port with --listen'
        : message;
    throw new ConfigurationError(`The server cannot listen on ${address}: ${why}.`);
  }
  return (server.address() as AddressInfo).port;
}
