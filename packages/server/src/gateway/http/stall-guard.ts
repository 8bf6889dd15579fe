// Ends requests that no longer move: a sender below a minimum rate, a receiver that takes nothing.
// Node's requestTimeout would cut a steady slow upload after five minutes, and it has no timeout for
// slow readers at all (durability reference §4).
import type { Clock } from '../../core/ports/clock.ts';
import { type Listed, UnorderedList } from './unordered-list.ts';

export interface Stallable extends Listed {
  /** A number that grows while the exchange makes progress. */
  progressBytes(): number;
  /** True while the client is the one everybody waits for. */
  waitsForClient(): boolean;
  /** Called once when the exchange stalled. */
  stalled(): void;
}

interface Watched {
  bytes: number;
  sinceMs: number;
}

export interface StallLimits {
  /** Length of the window over which the rate is taken, ms. */
  readonly windowMs: number;
  /** Fewest bytes a client must move in a window. */
  readonly bytesMin: number;
}

export const defaultStallLimits: StallLimits = { windowMs: 30_000, bytesMin: 30 * 1024 };

export class StallGuard {
  readonly #clock: Clock;
  readonly #limits: StallLimits;
  readonly #watched = new UnorderedList<Stallable>();
  /** What moved by the last check, of those that were there. */
  #seen = new Map<Stallable, Watched>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, limits: StallLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  start(): void {
    this.#timer = setInterval(() => this.check(), Math.min(5_000, this.#limits.windowMs / 2));
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const exchange of this.#watched.all()) this.#watched.remove(exchange);
  }

  watch(exchange: Stallable): void {
    this.#watched.add(exchange);
  }

  unwatch(exchange: Stallable): void {
    this.#watched.remove(exchange);
  }

  /** The window of an exchange begins with the first check that meets it: most are over before. */
  check(): void {
    const now = this.#clock.monotonic();
    const seen = new Map<Stallable, Watched>();
    for (const exchange of this.#watched.all()) {
      const before = this.#seen.get(exchange);
      const bytes = exchange.progressBytes();
      if (before !== undefined && now - before.sinceMs < this.#limits.windowMs) {
        seen.set(exchange, before);
      } else if (
        before !== undefined &&
        bytes - before.bytes < this.#limits.bytesMin &&
        exchange.waitsForClient()
      ) {
        this.unwatch(exchange);
        exchange.stalled();
      } else {
        seen.set(exchange, { bytes, sinceMs: now });
      }
    }
    this.#seen = seen;
  }
}
