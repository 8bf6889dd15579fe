// One fsync of a directory serves everybody who waits for it: those who come while one runs share the
// next. An fsync that began before an entry was made says nothing about that entry.

export class BatchedSync {
  readonly #sync: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves after a sync that began after this call. */
  run(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#start();
      return this.#running;
    }
    this.#next ??= this.#running.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  #startNext(): Promise<void> {
    this.#next = undefined;
    this.#running = this.#start();
    return this.#running;
  }

  async #start(): Promise<void> {
    try {
      await this.#sync();
    } finally {
      // Whoever waits for the next replaces it in the same turn.
      this.#running = undefined;
    }
  }
}
