// Time as the client sees it, corrected by what the service says when the two disagree.

export interface Clock {
  /** Wall time, ms since the Unix epoch. */
  now(): number;
}

export class CorrectedClock implements Clock {
  readonly #clock: Clock;
  #offsetMs = 0;

  constructor(clock: Clock = { now: () => Date.now() }) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** From now on counts as the service does. */
  correct(serverMs: number): void {
    this.#offsetMs = serverMs - this.#clock.now();
  }
}
