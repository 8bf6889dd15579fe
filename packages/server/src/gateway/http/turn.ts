// Requests that one turn of the event loop reads are run together, after the last of them is read. Run one
// by one, each answer wakes a client that sleeps, and between two answers the processor forgets our code:
// a signed GET of 1 KiB, of 32 connections, cost 94 µs of CPU so, and 41 µs together (docs/performance.md).

/** The turn of the event loop that runs now. */
export class Turn {
  #read: Promise<void> | undefined;

  /** Resolves, still in this turn, when everything that was readable has been read. */
  read(): Promise<void> {
    this.#read ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#read = undefined;
        resolve();
      });
    });
    return this.#read;
  }
}
