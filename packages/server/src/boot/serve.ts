// The front of a process that answers requests itself: the gateway on HTTP and HTTPS, started together,
// drained together.
import type { Server as TlsServer } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { defaultHashes, errorTable, notBuiltOperations, SigningKeyCache } from '@osskeep/protocol';
import type { MetricsReport } from '../admin/metrics-report.ts';
import { type KnownNames, RequestMetrics } from '../admin/request-metrics.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Random } from '../core/ports/random.ts';
import type { Store } from '../core/store.ts';
import { EncodedOutputs } from '../gateway/answers/encoded-outputs.ts';
import { Sender } from '../gateway/answers/sender.ts';
import { RequestIds } from '../gateway/http/request-id.ts';
import { defaultStallLimits, StallGuard, type StallLimits } from '../gateway/http/stall-guard.ts';
import type { RequestServer } from '../gateway/http/wire.ts';
import { Drain, type DrainTimes, defaultDrainTimes } from '../gateway/listeners/drain.ts';
import { createListener, createTlsListener, showByDefault } from '../gateway/listeners/listener.ts';
import { Pipeline } from '../gateway/pipeline.ts';
import { registry } from '../gateway/registry.ts';
import { type Addressing, HostReader } from '../gateway/request/addressing.ts';
import { KnownUrls } from '../gateway/request/known-urls.ts';
import { OperationDirectory } from '../gateway/routes/operation-directory.ts';
import type { Front } from './front.ts';
import { type Listening, listen } from './listen.ts';
import type { Logger } from './log.ts';
import { knownLinkBytes } from './settings/cache-settings.ts';
import type { Configuration } from './settings/configuration.ts';
import { gatewaySettings } from './settings/gateway-settings.ts';
import {
  type ListenAddress,
  type ListenAddresses,
  listenAddresses,
} from './settings/listen-address.ts';
import { openTls, type Tls } from './tls/open-tls.ts';

export interface ServeInput {
  readonly configuration: Configuration;
  /** Requests are counted. */
  readonly metered: boolean;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly drain: Partial<DrainTimes> | undefined;
  readonly stall: StallLimits | undefined;
}

export interface Served extends Front {
  /** What was counted, for whoever puts it together with others'. */
  report(): Promise<MetricsReport>;
  prepare(configuration: Configuration): Promise<() => void>;
}

export async function serve(input: ServeInput): Promise<Served> {
  const { configuration, store, clock, random, log } = input;
  const wanted = listenAddresses(configuration);
  const requestIds = new RequestIds(random);
  const stallGuard = new StallGuard(clock, input.stall ?? defaultStallLimits);
  const drain = new Drain();
  const metrics = new RequestMetrics(knownNames());
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
      urls: new KnownUrls(knownLinkBytes(configuration)),
    },
    operations: new OperationDirectory(registry, notBuiltOperations),
    hosts: new HostReader(),
    sender: new Sender({
      clock,
      encoded: new EncodedOutputs(configuration.limits.cacheBytes > 0),
      isDraining: () => drain.draining,
    }),
    clock,
    log,
    requestIds,
    stallGuard,
    metrics: input.metered ? metrics : undefined,
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
  try {
    if (wanted.http !== undefined) {
      const { server, plain } = createListener(pipeline, configuration.fastPath);
      drain.watch(server, false, plain);
      http = await open(server, wanted.http, '--listen');
    }
    if (wanted.https !== undefined && tls !== undefined) {
      const server = await tlsServer(pipeline, tls, log);
      drain.watch(server, true);
      https = await open(server, wanted.https, '--tls-listen');
    }
  } catch (error) {
    for (const server of opened) server.close();
    throw error;
  }
  stallGuard.start();
  return {
    http,
    https,
    authority: tls?.authority,
    isReady: () => !drain.draining,
    metrics: () => metrics.text(),
    report: () => metrics.report(),
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
    },
  };
}

function knownNames(): KnownNames {
  return {
    operations: new Set([
      ...registry.map(({ operation }) => operation.name),
      ...Object.keys(notBuiltOperations),
    ]),
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

async function tlsServer(requests: RequestServer, tls: Tls, log: Logger): Promise<TlsServer> {
  let shown = await tls.byDefault();
  const server = createTlsListener(requests, {
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
