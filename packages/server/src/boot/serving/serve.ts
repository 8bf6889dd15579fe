// The front of a process that answers requests itself: the gateway on HTTP and HTTPS, started together,
// drained together.
import type { Server } from 'node:net';
import { defaultHashes, notBuiltOperations, SigningKeyCache } from '@osskeep/protocol';
import type { MetricsReport } from '../../admin/metrics-report.ts';
import { RequestMetrics } from '../../admin/request-metrics.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Store } from '../../core/store.ts';
import { EncodedOutputs } from '../../gateway/answers/encoded-outputs.ts';
import { Sender } from '../../gateway/answers/sender.ts';
import { RequestIds } from '../../gateway/http/request-id.ts';
import { defaultStallLimits, StallGuard } from '../../gateway/http/stall-guard.ts';
import { Drain, defaultDrainTimes } from '../../gateway/listeners/drain.ts';
import { createListener } from '../../gateway/listeners/listener.ts';
import { Pipeline } from '../../gateway/pipeline.ts';
import { registry } from '../../gateway/registry.ts';
import { type Addressing, HostReader } from '../../gateway/request/addressing.ts';
import { KnownUrls } from '../../gateway/request/known-urls.ts';
import { OperationDirectory } from '../../gateway/routes/operation-directory.ts';
import { openOrClose } from '../process/closing-stack.ts';
import { type Listening, listen } from '../process/listen.ts';
import type { Logger } from '../process/log.ts';
import { knownLinkBytes } from '../settings/cache-settings.ts';
import type { Configuration } from '../settings/configuration.ts';
import { gatewaySettings } from '../settings/gateway-settings.ts';
import { type ListenAddress, listenAddresses } from '../settings/listen-address.ts';
import type { Tls } from '../tls/open-tls.ts';
import type { Front } from './front.ts';
import { knownNames } from './known-names.ts';
import type { LimitSeams } from './seams.ts';
import { createTlsServer, openConfiguredTls } from './tls-server.ts';

export interface ServeInput extends Pick<LimitSeams, 'drain' | 'stall'> {
  readonly configuration: Configuration;
  /** Requests are counted. */
  readonly metered: boolean;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

export interface Served extends Front {
  /** What was counted, for whoever puts it together with others'. */
  report(): Promise<MetricsReport>;
  prepare(configuration: Configuration): Promise<() => void>;
}

export async function serve(input: ServeInput): Promise<Served> {
  const { configuration, store, clock, random, log } = input;
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
  const addressing = (): Addressing => settings.addressing;
  const tls = await openConfiguredTls(configuration, addressing, store.cnames, log);
  const parts = { configuration, pipeline, drain, tls, log };
  const { http, https } = await openListeners(parts);
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

interface ListenersInput {
  readonly configuration: Configuration;
  readonly pipeline: Pipeline;
  readonly drain: Drain;
  readonly tls: Tls | undefined;
  readonly log: Logger;
}

/** Opens both, or none. */
function openListeners(input: ListenersInput): Promise<Pick<Front, 'http' | 'https'>> {
  const { configuration, pipeline, drain, tls, log } = input;
  const wanted = listenAddresses(configuration);
  return openOrClose(async (opened) => {
    const open = async (
      server: Server,
      address: ListenAddress,
      flag: string,
    ): Promise<Listening> => {
      const listening = await listen(server, address, flag);
      opened.add(() => void server.close());
      return listening;
    };
    let http: Listening | undefined;
    let https: Listening | undefined;
    if (wanted.http !== undefined) {
      const { server, plain } = createListener(pipeline, configuration.fastPath);
      drain.watch(server, false, plain);
      http = await open(server, wanted.http, '--listen');
    }
    if (wanted.https !== undefined && tls !== undefined) {
      const server = await createTlsServer(pipeline, tls, log);
      drain.watch(server, true);
      https = await open(server, wanted.https, '--tls-listen');
    }
    return { http, https };
  });
}
