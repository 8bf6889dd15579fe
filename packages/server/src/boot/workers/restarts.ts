// When a worker that ended is started again: at once when it had lived for a while, later and later when
// it keeps ending early, and at last not at all.

export interface RestartTimes {
  /** A worker that ends within this time ended early. */
  readonly earlyMs: number;
  /** Before the first start after an early end; doubled with each that follows. */
  readonly firstDelayMs: number;
  readonly delayMsMax: number;
  /** So many early ends in a row are borne. */
  readonly earlyEndsMax: number;
}

/** Gives up some seven seconds after a worker began to end as soon as it starts. */
export const defaultRestartTimes: RestartTimes = {
  earlyMs: 5_000,
  firstDelayMs: 100,
  delayMsMax: 3_200,
  earlyEndsMax: 6,
};

export class Restarts {
  readonly #times: RestartTimes;
  #earlyEnds = 0;

  constructor(times: RestartTimes) {
    this.#times = times;
  }

  /** How long to wait before the next start, ms; undefined: there is no use. */
  delayAfter(livedMs: number): number | undefined {
    const { earlyMs, firstDelayMs, delayMsMax, earlyEndsMax } = this.#times;
    this.#earlyEnds = livedMs < earlyMs ? this.#earlyEnds + 1 : 0;
    if (this.#earlyEnds > earlyEndsMax) return undefined;
    if (this.#earlyEnds === 0) return 0;
    return Math.min(delayMsMax, firstDelayMs * 2 ** (this.#earlyEnds - 1));
  }

  get earlyEnds(): number {
    return this.#earlyEnds;
  }
}
