// Group commit for directories: one fsync serves everybody who waits for it (durability reference §3.3).
// Those who come while one runs share the next, because an fsync that began before an entry was made
// says nothing about that entry.

export class DirectorySyncs {
  readonly #sync: (path: string) => Promise<void>;
  readonly #directories = new Map<string, { running: Promise<void>; next?: Promise<void> }>();

  constructor(sync: (path: string) => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves after a sync that began after this call; a failed one fails all who waited for it. */
  run(path: string): Promise<void> {
    const directory = this.#directories.get(path);
    if (directory === undefined) return this.#start(path);
    directory.next ??= directory.running.then(
      () => this.#start(path),
      () => this.#start(path),
    );
    return directory.next;
  }

  #start(path: string): Promise<void> {
    const running = this.#sync(path);
    const directory = { running };
    this.#directories.set(path, directory);
    const forget = (): void => {
      // Whoever waits for the next sync starts it after this, in the same turn.
      if (this.#directories.get(path) === directory) this.#directories.delete(path);
    };
    running.then(forget, forget);
    return running;
  }
}
