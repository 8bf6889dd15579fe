// Ends requests that no longer move: a sender below a minimum rate, a receiver that takes nothing.
// Node's requestTimeout would cut a steady slow upload after five minutes, and it has no timeout for
// slow readers at all (reliability page §4).
import type { Clock } from '../../core/ports/clock.ts';

export interface Stallable {
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
  readonly #watched = new Map<Stallable, Watched>();
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
    this.#watched.clear();
  }

  watch(exchange: Stallable): void {
    const sinceMs = this.#clock.monotonic();
    this.#watched.set(exchange, { bytes: exchange.progressBytes(), sinceMs });
  }

  unwatch(exchange: Stallable): void {
    this.#watched.delete(exchange);
  }

  check(): void {
    const now = this.#clock.monotonic();
    for (const [exchange, seen] of this.#watched) {
      if (now - seen.sinceMs < this.#limits.windowMs) continue;
      const bytes = exchange.progressBytes();
      if (bytes - seen.bytes < this.#limits.bytesMin && exchange.waitsForClient()) {
        this.#watched.delete(exchange);
        exchange.stalled();
      } else {
        seen.bytes = bytes;
        seen.sinceMs = now;
      }
    }
  }
}
