// The queue before the one writer: gathers the commits that wait, has them run in one transaction with
// one flush, and answers all (group commit, durability reference §3.3). Workers in other processes reach
// the same queue through a socket (commit-socket/); for them, too, it is a CommitSink.
import {
  type Commit,
  metadataLimits,
  type Outcome,
  ReadOnlyError,
} from '../../../core/ports/metadata.ts';

/** Where the embedded metadata sends its commits. They are within the limits already. */
export interface CommitSink {
  /** In order; resolves when all are durable and visible to every reader. */
  submit(commits: readonly Commit[]): Promise<Outcome[]>;
  /** Resolves when everything submitted is answered; nothing may be submitted after. */
  close(): Promise<void>;
}

/** One durable transaction, in order; there is one at a time. */
export type RunBatch = (commits: readonly Commit[]) => Promise<readonly Outcome[]>;

interface Waiting {
  readonly commits: readonly Commit[];
  readonly bytes: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: Error): void;
}

/** A longer transaction would let the first of it wait, and hold the event loop, too long. */
const batchCommitsMax = 2 * metadataLimits.commitsMax;
const batchBytesMax = 4 * metadataLimits.commitBytesMax;

export class CommitQueue implements CommitSink {
  readonly #run: RunBatch;
  readonly #onFatal: (error: Error) => void;
  readonly #waiting: Waiting[] = [];
  #draining: Promise<void> | undefined;
  #failure: Error | undefined;
  #isClosed = false;

  constructor(run: RunBatch, onFatal: (error: Error) => void) {
    this.#run = run;
    this.#onFatal = onFatal;
  }

  async submit(commits: readonly Commit[]): Promise<Outcome[]> {
    if (this.#isClosed) throw new Error('The metadata engine is closed.');
    if (this.#failure !== undefined) throw this.#readOnly();
    if (commits.length === 0) return [];
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commits, bytes: bytesOf(commits), resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // The requests of a turn, which submit in one run of microtasks, share a flush.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    while (this.#waiting.length > 0) await this.#runOne();
    this.#draining = undefined;
  }

  async #runOne(): Promise<void> {
    const batch = this.#take();
    try {
      const outcomes = await this.#run(batch.flatMap(({ commits }) => commits));
      let at = 0;
      for (const { commits, resolve } of batch) {
        resolve(outcomes.slice(at, at + commits.length));
        at += commits.length;
      }
    } catch (error) {
      this.#fail(error as Error, batch);
    }
  }

  #take(): Waiting[] {
    let commits = 0;
    let bytes = 0;
    let taken = 0;
    for (const waiting of this.#waiting) {
      commits += waiting.commits.length;
      bytes += waiting.bytes;
      if (taken > 0 && (commits > batchCommitsMax || bytes > batchBytesMax)) break;
      taken += 1;
    }
    return this.#waiting.splice(0, taken);
  }

  /**
   * A failed flush is never repeated, because the kernel may have dropped the pages (durability contract D11).
   * Whoever was in the batch learns that the outcome is unknown; whoever waited, that it was not begun.
   */
  #fail(error: Error, batch: readonly Waiting[]): void {
    const isFirst = this.#failure === undefined;
    this.#failure ??= error;
    for (const { reject } of batch) reject(error);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#readOnly());
    if (isFirst) this.#onFatal(error);
  }

  #readOnly(): ReadOnlyError {
    return new ReadOnlyError('The metadata can no longer be written; restart the server.', {
      cause: this.#failure,
    });
  }
}

function bytesOf(commits: readonly Commit[]): number {
  let bytes = 0;
  for (const { set = [] } of commits) for (const { value } of set) bytes += value.length;
  return bytes;
}
