// The one writer: gathers the commits that wait, runs them in one LMDB write transaction, flushes once
// and answers all. Workers in other processes will reach the same queue through a socket.
import type { Commit, Outcome } from '../../core/ports/metadata.ts';
import { ReadOnlyError } from '../../core/ports/metadata.ts';

interface Waiting {
  readonly commits: readonly Commit[];
  resolve(outcomes: Outcome[]): void;
  reject(error: Error): void;
}

/** Runs the commits in order in one durable transaction; rejects when nothing of it is certain. */
export type RunBatch = (commits: readonly Commit[]) => Promise<Outcome[]>;

/** Commits of one transaction: a longer one would let the first wait too long. */
const batchMax = 2_000;

export class CommitQueue {
  readonly #run: RunBatch;
  readonly #onFatal: (error: Error) => void;
  #waiting: Waiting[] = [];
  #isRunning = false;
  #failure: Error | undefined;
  #idle: (() => void)[] = [];

  constructor(run: RunBatch, onFatal: (error: Error) => void) {
    this.#run = run;
    this.#onFatal = onFatal;
  }

  submit(commits: readonly Commit[]): Promise<Outcome[]> {
    if (this.#failure !== undefined) return Promise.reject(this.#readOnly());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commits, resolve, reject });
      if (!this.#isRunning) {
        this.#isRunning = true;
        // In a microtask, so that what one turn submits shares a flush.
        queueMicrotask(() => void this.#drain());
      }
    });
  }

  /** Resolves when nothing runs or waits. */
  settled(): Promise<void> {
    if (!this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
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
    this.#isRunning = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): Waiting[] {
    let count = 0;
    let taken = 0;
    for (const { commits } of this.#waiting) {
      if (taken > 0 && count + commits.length > batchMax) break;
      count += commits.length;
      taken += 1;
    }
    return this.#waiting.splice(0, taken);
  }

  /** A failed flush is never repeated: the pages it was about may be gone (contract D11). */
  #fail(error: Error, batch: readonly Waiting[]): void {
    this.#failure = error;
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(this.#readOnly());
    this.#onFatal(error);
  }

  #readOnly(): ReadOnlyError {
    return new ReadOnlyError('The metadata can no longer be written.', { cause: this.#failure });
  }
}
