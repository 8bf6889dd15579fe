// Applies commits to LMDB: a batch is one write transaction and one flush. Only one process has a
// writer: with two, one that is stopped inside its transaction would stop all (metadata model §7).
import type { Commit, Outcome, Stamp } from '../../core/ports/metadata.ts';
import type { KnownStamps } from './known-stamps.ts';
import { LmdbDraft, storedStampsBelow } from './lmdb-draft.ts';
import type { LmdbTables } from './lmdb-tables.ts';

/** Stamps are taken from a persisted mark in blocks, so that a crash never gives one twice. */
const stampsAtOnce = 1n << 20n;

export class LmdbWriter {
  readonly #tables: LmdbTables;
  readonly #stamps: KnownStamps;
  #nextStamp: Stamp;
  #stampsBelow: Stamp;

  constructor(tables: LmdbTables, stamps: KnownStamps) {
    this.#tables = tables;
    this.#stamps = stamps;
    this.#stampsBelow = storedStampsBelow(tables);
    this.#nextStamp = this.#stampsBelow;
  }

  /**
   * Runs the commits in order; resolves when all are durable and visible. One batch at a time: what is
   * checked here must be what the transaction finds, and nobody else writes.
   */
  async run(commits: readonly Commit[]): Promise<Outcome[]> {
    const { root } = this.#tables;
    try {
      const draft = new LmdbDraft(this.#tables);
      const outcomes = commits.map((commit) => this.#apply(commit, draft));
      if (!draft.isEmpty) await root.batch(() => draft.write());
      // Nobody else writes: until the next batch, the view that begins here stays true.
      root.resetReadTxn();
      this.#stamps.show(this.#nextStamp - 1n);
      return outcomes;
    } catch (error) {
      // The cause travels as a rejected promise of its own; unheard, it would end the process.
      const { commitError } = error as { commitError?: Promise<never> };
      const cause = await commitError?.catch((reason: unknown) => reason);
      throw new Error('The metadata could not be written to the disk.', { cause: cause ?? error });
    }
  }

  /** All checks are read before the first change: a commit that conflicts leaves nothing. */
  #apply(
    { check = [], empty = [], set = [], del = [], add = [] }: Commit,
    draft: LmdbDraft,
  ): Outcome {
    for (const { key, stamp } of check) {
      // Most checks are about rows that hardly ever change: a bucket's guard, a process.
      if (stamp !== null && this.#stamps.has(key, stamp)) continue;
      const row = draft.row(key);
      if ((row?.stamp ?? null) !== stamp) return { ok: false, conflict: Buffer.from(key), row };
      if (stamp !== null) this.#stamps.note(key, stamp);
    }
    for (const { from, to } of empty) {
      const row = draft.firstRow(from, to);
      if (row !== null) return { ok: false, conflict: row.key, row };
    }
    const stamp = this.#takeStamp(draft);
    for (const { key, value } of set) {
      this.#stamps.mark(key, stamp);
      draft.set(key, stamp, value);
    }
    for (const key of del) {
      this.#stamps.mark(key, stamp);
      draft.remove(key);
    }
    for (const { key, deltas } of add) draft.add(key, deltas);
    return { ok: true, stamp };
  }

  #takeStamp(draft: LmdbDraft): Stamp {
    if (this.#nextStamp >= this.#stampsBelow) {
      this.#stampsBelow += stampsAtOnce;
      draft.markStamps(this.#stampsBelow);
    }
    const stamp = this.#nextStamp;
    this.#nextStamp += 1n;
    return stamp;
  }
}
