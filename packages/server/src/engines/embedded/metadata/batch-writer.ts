// Runs batches of commits: checks each against what is stored and drafted, and has the changes of all of
// them stored together. Only one process has a writer: with two, one that is stopped inside its transaction
// would stop all (metadata model §7).
import type { Commit, Key, Outcome, Stamp } from '../../../core/ports/metadata.ts';
import { Draft } from './draft.ts';
import { LmdbRows } from './lmdb-rows.ts';
import { storeInLmdb } from './lmdb-store.ts';
import type { LmdbTables } from './lmdb-tables.ts';
import { absent, type KnownStamps } from './stamps/known-stamps.ts';
import { storedStampsBelow } from './writes.ts';

/** Stamps are taken from a persisted mark in blocks, so that a crash never gives one twice. */
const stampsAtOnce = 1n << 20n;

export class BatchWriter {
  readonly #tables: LmdbTables;
  readonly #stamps: KnownStamps;
  /** Shows what was stored, as soon as it is. */
  readonly #source: LmdbRows;
  #nextStamp: Stamp;
  #stampsBelow: Stamp;

  constructor(tables: LmdbTables, stamps: KnownStamps) {
    this.#tables = tables;
    this.#stamps = stamps;
    this.#source = new LmdbRows(tables);
    // The mark of the last start.
    this.#stampsBelow = storedStampsBelow(tables);
    this.#nextStamp = this.#stampsBelow;
  }

  /**
   * Runs the commits in order; resolves when all are durable and visible. One batch at a time: what is
   * checked here must be what the changes meet, and nobody else writes.
   */
  async run(commits: readonly Commit[]): Promise<Outcome[]> {
    const draft = new Draft(this.#source);
    const outcomes = commits.map((commit) => this.#apply(commit, draft));
    if (!draft.isEmpty) await storeInLmdb(this.#tables, draft.writes);
    this.#stamps.show(this.#nextStamp - 1n);
    return outcomes;
  }

  /** All checks are read before the first change: a commit that conflicts leaves nothing. */
  #apply({ check = [], empty = [], set = [], del = [], add = [] }: Commit, draft: Draft): Outcome {
    const stamps = this.#stamps;
    const read: { readonly key: Key; readonly stamp: Stamp }[] = [];
    for (const { key, stamp } of check) {
      // Most checks are about rows that hardly ever change, a bucket's guard, a process, or that were just read.
      if (stamps.has(key, stamp ?? absent)) continue;
      const row = draft.row(key);
      if ((row?.stamp ?? null) !== stamp) return { ok: false, conflict: Buffer.from(key), row };
      read.push({ key, stamp: stamp ?? absent });
    }
    for (const { from, to } of empty) {
      const row = draft.firstRow(from, to);
      if (row !== null) return { ok: false, conflict: row.key, row };
    }
    const stamp = this.#takeStamp(draft);
    for (const { key, value } of set) {
      stamps.mark(key, stamp);
      draft.set(key, stamp, value);
    }
    for (const key of del) {
      stamps.mark(key, stamp);
      draft.remove(key);
    }
    // Behind the marks: what this commit changes is not worth knowing.
    for (const row of read) stamps.note(row.key, row.stamp);
    for (const { key, deltas } of add) draft.add(key, deltas);
    return { ok: true, stamp };
  }

  #takeStamp(draft: Draft): Stamp {
    if (this.#nextStamp >= this.#stampsBelow) {
      this.#stampsBelow += stampsAtOnce;
      draft.markStamps(this.#stampsBelow);
    }
    const stamp = this.#nextStamp;
    this.#nextStamp += 1n;
    return stamp;
  }
}
