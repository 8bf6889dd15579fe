// Counts requests for Prometheus. Labels hold what the protocol has names for and nothing that a client
// makes up: no bucket, no key, no access key id, and a bounded number of series.
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Exchange } from '../gateway/request/exchange.ts';
import type { RequestMeter } from '../gateway/request/request-meter.ts';
import type { MetricsReport, MetricsText } from './metrics-report.ts';

type Prometheus = typeof import('prom-client');

/** What the labels may say. */
export interface KnownNames {
  readonly operations: ReadonlySet<string>;
  /** Error codes. */
  readonly codes: ReadonlySet<string>;
}

interface Sample {
  readonly operation: string;
  readonly status: string;
  readonly code: string;
  readonly seconds: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

interface Meters {
  readonly registry: Registry;
  readonly requests: Counter;
  readonly seconds: Histogram;
  readonly received: Counter;
  readonly sent: Counter;
  readonly inFlight: Gauge;
}

/** So many are kept until prom-client is there: it is not loaded before somebody asks. */
const samplesMax = 1_000;
const unknown = 'unknown';

/** From a page in memory to a large object on a slow line. */
const secondsBuckets = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
];

export class RequestMetrics implements RequestMeter {
  readonly #names: KnownNames;
  readonly #samples: Sample[] = [];
  #inFlight = 0;
  #meters: Meters | undefined;
  #loading: Promise<Meters> | undefined;

  constructor(names: KnownNames) {
    this.#names = names;
  }

  begin(): void {
    this.#inFlight += 1;
  }

  end(exchange: Exchange, endedMs: number): void {
    this.#inFlight -= 1;
    const { operation = unknown, code, status } = exchange;
    const sample: Sample = {
      operation: this.#names.operations.has(operation) ? operation : unknown,
      status: String(status),
      code: code === undefined ? '' : this.#names.codes.has(code) ? code : unknown,
      seconds: (endedMs - exchange.startedMs) / 1000,
      bytesIn: exchange.bytesIn,
      bytesOut: exchange.bytesOut,
    };
    if (this.#meters !== undefined) {
      count(this.#meters, sample);
      return;
    }
    this.#samples.push(sample);
    if (this.#samples.length >= samplesMax) this.#load().catch(() => undefined);
  }

  /** In Prometheus's text format. */
  async text(): Promise<MetricsText> {
    const { registry } = await this.#load();
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  /** The same as data. */
  async report(): Promise<MetricsReport> {
    const { registry } = await this.#load();
    return registry.getMetricsAsJSON();
  }

  #load(): Promise<Meters> {
    this.#loading ??= import('prom-client').then((prometheus) => {
      const meters = makeMeters(prometheus, () => this.#inFlight);
      for (const sample of this.#samples.splice(0)) count(meters, sample);
      this.#meters = meters;
      return meters;
    });
    return this.#loading;
  }
}

function makeMeters(prometheus: Prometheus, inFlight: () => number): Meters {
  const { Counter, Gauge, Histogram, Registry } = prometheus;
  const own = new Registry();
  const registers = [own];
  const meters = {
    requests: new Counter({
      name: 'osskeep_requests_total',
      help: 'Requests that ended, by operation, HTTP status and OSS error code.',
      labelNames: ['operation', 'status', 'code'],
      registers,
    }),
    seconds: new Histogram({
      name: 'osskeep_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['operation'],
      buckets: secondsBuckets,
      registers,
    }),
    received: new Counter({
      name: 'osskeep_received_bytes_total',
      help: 'Bytes of request bodies.',
      labelNames: ['operation'],
      registers,
    }),
    sent: new Counter({
      name: 'osskeep_sent_bytes_total',
      help: 'Bytes of answers without their heads.',
      labelNames: ['operation'],
      registers,
    }),
    inFlight: new Gauge({
      name: 'osskeep_requests_in_flight',
      help: 'Requests that have begun and not ended.',
      registers,
      collect() {
        this.set(inFlight());
      },
    }),
  };
  return { registry: Registry.merge([own, processRegistry(prometheus)]), ...meters };
}

let ofProcess: Registry | undefined;

/** One for all servers of a process: what it watches is watched for good. */
function processRegistry({ collectDefaultMetrics, Registry }: Prometheus): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

function count({ requests, seconds, received, sent }: Meters, sample: Sample): void {
  const { operation, status, code, bytesIn, bytesOut } = sample;
  requests.inc({ operation, status, code });
  seconds.observe({ operation }, sample.seconds);
  received.inc({ operation }, bytesIn);
  sent.inc({ operation }, bytesOut);
}
