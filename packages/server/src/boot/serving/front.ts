// What answers the requests of a server above its store: this process (serve.ts), or workers
// (../workers/worker-pool.ts).
import type { MetricsText } from '../../admin/metrics-report.ts';
import type { Listening } from '../process/listen.ts';
import type { Configuration } from '../settings/configuration.ts';
import type { LocalAuthority } from '../tls/local-authority.ts';

export interface Front {
  readonly http: Listening | undefined;
  readonly https: Listening | undefined;
  readonly authority: LocalAuthority | undefined;
  /** Requests are answered, and new ones are welcome. */
  isReady(): boolean;
  /** What was counted, when the front is metered. */
  metrics(): Promise<MetricsText>;
  /** Reads what another configuration needs; what is returned serves by it from the next request on. */
  prepare(configuration: Configuration): Promise<() => void | Promise<void>>;
  /** Replaces each worker by a new one without losing a request; absent where there are none. */
  restartWorkers?(): Promise<void>;
  /** Drains. */
  stop(): Promise<void>;
}
