// Work that is done one after the other, in the order in which it was asked for.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins when everything asked for before is over, however that ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Everything asked for so far is over. Never rejects. */
  async over(): Promise<void> {
    await this.#last;
  }
}
