// The listeners of a server above its store: the gateway on HTTP and HTTPS, and health and metrics on a
// listener of their own. Started together, drained together.
import type { Server as HttpServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { defaultHashes, errorTable, notBuiltOperations, SigningKeyCache } from '@osskeep/protocol';
import { createAdminListener } from '../admin/listener.ts';
import { type KnownNames, RequestMetrics } from '../admin/request-metrics.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Random } from '../core/ports/random.ts';
import type { Store } from '../core/store.ts';
import { Drain, type DrainTimes, defaultDrainTimes } from '../gateway/http/drain.ts';
import { createListener, createTlsListener, showByDefault } from '../gateway/http/listener.ts';
import { RequestIds } from '../gateway/http/request-id.ts';
import { defaultStallLimits, StallGuard, type StallLimits } from '../gateway/http/stall-guard.ts';
import { OperationDirectory } from '../gateway/operation-directory.ts';
import { Pipeline } from '../gateway/pipeline.ts';
import { registry } from '../gateway/registry.ts';
import type { Addressing } from '../gateway/steps/identify-resource.ts';
import type { Configuration } from './configuration.ts';
import { gatewaySettings } from './gateway-settings.ts';
import { ListenError, type Listening, listen } from './listen.ts';
import {
  formatListen,
  type ListenAddress,
  type ListenAddresses,
  listenAddresses,
} from './listen-address.ts';
import type { Logger } from './log.ts';
import type { LocalAuthority } from './tls/local-authority.ts';
import { openTls, type Tls } from './tls/open-tls.ts';

export interface ServeInput {
  readonly configuration: Configuration;
  /** Nobody asked for the admin listener by name: a taken port is no reason not to start. */
  readonly adminIsOptional: boolean;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly drain: Partial<DrainTimes> | undefined;
  readonly stall: StallLimits | undefined;
}

export interface Served {
  readonly http: Listening | undefined;
  readonly https: Listening | undefined;
  readonly admin: Listening | undefined;
  readonly authority: LocalAuthority | undefined;
  /** Reads what another configuration needs; what is returned serves by it from the next request on. */
  prepare(configuration: Configuration): Promise<() => void>;
  stop(): Promise<void>;
}

export async function serve(input: ServeInput): Promise<Served> {
  const { configuration, store, clock, random, log } = input;
  const wanted = listenAddresses(configuration);
  const requestIds = new RequestIds(random);
  const stallGuard = new StallGuard(clock, input.stall ?? defaultStallLimits);
  const drain = new Drain();
  const metrics = wanted.admin === undefined ? undefined : new RequestMetrics(knownNames());
  let settings = gatewaySettings(configuration);
  const pipeline = new Pipeline({
    store,
    // Read anew by each request: a reload changes them.
    get settings() {
      return settings;
    },
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
    metrics,
    isDraining: () => drain.draining,
  });
  const tls = await openTlsOf(input, wanted, () => settings.addressing);
  const opened: Server[] = [];
  const open = async (server: Server, address: ListenAddress, flag: string): Promise<Listening> => {
    const listening = await listen(server, address, flag);
    opened.push(server);
    return listening;
  };
  let http: Listening | undefined;
  let https: Listening | undefined;
  let admin: OpenAdmin | undefined;
  try {
    if (wanted.http !== undefined) {
      const server = createListener(pipeline, requestIds);
      drain.watch(server, false);
      http = await open(server, wanted.http, '--listen');
    }
    if (wanted.https !== undefined && tls !== undefined) {
      const server = await tlsServer(pipeline, requestIds, tls, log);
      drain.watch(server, true);
      https = await open(server, wanted.https, '--tls-listen');
    }
    if (wanted.admin !== undefined && metrics !== undefined) {
      admin = await openAdmin(input, wanted.admin, drain, metrics);
    }
  } catch (error) {
    for (const server of opened) server.close();
    throw error;
  }
  if (http !== undefined && !http.isLoopback && https === undefined) warnOfPlainHttp(http, log);
  stallGuard.start();
  return {
    http,
    https,
    admin: admin?.listening,
    authority: tls?.authority,
    prepare: async (next) => {
      const showCertificates = await tls?.prepare(next.tls?.certificates ?? []);
      return () => {
        showCertificates?.();
        settings = gatewaySettings(next);
      };
    },
    stop: async () => {
      await drain.run({ ...defaultDrainTimes, ...input.drain });
      stallGuard.stop();
      // Until then it says that the server is not ready.
      admin?.server.close();
      admin?.server.closeAllConnections();
    },
  };
}

function knownNames(): KnownNames {
  return {
    operations: new Set([...Object.keys(registry), ...Object.keys(notBuiltOperations)]),
    codes: new Set(Object.values(errorTable).map(({ code }) => code)),
  };
}

async function openTlsOf(
  { configuration: { data, tls }, store, log }: ServeInput,
  wanted: ListenAddresses,
  addressing: () => Addressing,
): Promise<Tls | undefined> {
  if (tls === undefined) return undefined;
  return openTls({
    ...tls,
    folder: data === undefined ? undefined : join(data, 'tls'),
    listenHosts: [wanted.http, wanted.https].flatMap((address) => address?.host ?? []),
    addressing,
    boundDomains: store.cnames,
    log,
  });
}

async function tlsServer(
  pipeline: Pipeline,
  requestIds: RequestIds,
  tls: Tls,
  log: Logger,
): Promise<TlsServer> {
  let shown = await tls.byDefault();
  const server = createTlsListener(pipeline, requestIds, {
    defaultCertificate: shown,
    contexts: tls.contexts,
    onFailure: (serverName, error) => {
      log.error({ serverName, err: error }, 'no certificate for a name; the default one is shown');
    },
  });
  // Its handshake takes what is shown at the moment; what has changed counts for the next.
  server.on('connection', () => {
    tls.byDefault().then(
      (certificate) => {
        if (certificate.id === shown.id) return;
        shown = certificate;
        showByDefault(server, certificate);
      },
      (error: unknown) => log.error({ err: error }, 'the default certificate cannot be renewed'),
    );
  });
  return server;
}

interface OpenAdmin {
  readonly server: HttpServer;
  readonly listening: Listening;
}

async function openAdmin(
  { store, log, adminIsOptional }: ServeInput,
  address: ListenAddress,
  drain: Drain,
  metrics: RequestMetrics,
): Promise<OpenAdmin | undefined> {
  const server = createAdminListener({
    isReady: async () => {
      if (drain.draining) return false;
      await store.snapshot();
      return true;
    },
    metrics: () => metrics.text(),
    onFailure: (error) => log.error({ err: error }, 'admin request failed'),
  });
  try {
    const listening = await listen(server, address, '--admin-listen');
    log.info(`Health and metrics on http://${listening.address}`);
    return { server, listening };
  } catch (error) {
    if (!adminIsOptional || !(error instanceof ListenError) || error.code !== 'EADDRINUSE') {
      throw error;
    }
    log.warn(`No health and metrics: ${formatListen(address)} is taken; see --admin-listen.`);
    return undefined;
  }
}

/** Security checklist 48. */
function warnOfPlainHttp({ address }: Listening, log: Logger): void {
  log.warn(
    `Plain HTTP on ${address}: whoever sees the traffic can use its signed URLs and read its objects. ` +
      'Give --tls-cert and --tls-key, or put a proxy with TLS in front.',
  );
}
