// Any metadata engine, with what is asked of it counted: each call is a trip to an engine behind a network.
import { type Eventually, whenThere } from '../../src/core/ports/eventually.ts';
import type { Commit, Key, Metadata, Outcome, Query, View } from '../../src/core/ports/metadata.ts';

export interface Trips {
  /** Calls of `read`. */
  readonly reads: number;
  /** Calls of `counters`. */
  readonly counters: number;
  /** Calls of `commit` and of `commitMany`, whatever became of them. */
  readonly commits: number;
  /** All of them. */
  readonly trips: number;
  /** Rows handed out by reads, of keys and of ranges; absent and unchanged ones carry nothing. */
  readonly rows: number;
}

export class CountingMetadata implements Metadata {
  readonly #inner: Metadata;
  #reads = 0;
  #counters = 0;
  #commits = 0;
  #rows = 0;

  constructor(inner: Metadata) {
    this.#inner = inner;
  }

  get inlineBytesMax(): number {
    return this.#inner.inlineBytesMax;
  }

  /** What was counted since the last call, or since the beginning. */
  take(): Trips {
    const [reads, counters, commits, rows] = [
      this.#reads,
      this.#counters,
      this.#commits,
      this.#rows,
    ];
    this.#reads = this.#counters = this.#commits = this.#rows = 0;
    return { reads, counters, commits, trips: reads + counters + commits, rows };
  }

  /** What this work counts, when nothing else runs. */
  async during(work: () => unknown): Promise<Trips> {
    this.take();
    await work();
    return this.take();
  }

  read(query: Query): Eventually<View> {
    this.#reads += 1;
    return whenThere(this.#inner.read(query), (view) => {
      for (const found of view.rows) if (found !== null && found !== 'unchanged') this.#rows += 1;
      for (const rows of view.ranges) this.#rows += rows.length;
      return view;
    });
  }

  counters(key: Key): Promise<readonly bigint[]> {
    this.#counters += 1;
    return this.#inner.counters(key);
  }

  commit(commit: Commit): Promise<Outcome> {
    this.#commits += 1;
    return this.#inner.commit(commit);
  }

  commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    this.#commits += 1;
    return this.#inner.commitMany(commits);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
