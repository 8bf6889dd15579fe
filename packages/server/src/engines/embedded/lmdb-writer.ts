// Applies commits to LMDB: a batch is one write transaction and one flush. Only one process has a
// writer: with two, one that is stopped inside its transaction would stop all (metadata model §7).
import type { Commit, Outcome, Stamp } from '../../core/ports/metadata.ts';
import { readRange, readRow } from './lmdb-reader.ts';
import type { LmdbTables } from './lmdb-tables.ts';
import { addCounters, decodeCounter, encodeCounter, encodeRow } from './row-value.ts';

/** Stamps are taken from a persisted mark in blocks, so that a crash never gives one twice. */
const stampsAtOnce = 1n << 20n;
const stampKey = Buffer.from('stamp');

export class LmdbWriter {
  readonly #tables: LmdbTables;
  #nextStamp: Stamp;
  #stampsBelow: Stamp;

  constructor(tables: LmdbTables) {
    this.#tables = tables;
    this.#stampsBelow = tables.engine.get(stampKey)?.readBigUInt64BE() ?? 1n;
    this.#nextStamp = this.#stampsBelow;
  }

  /**
   * Runs the commits that `take` gives in order; resolves when all are durable and visible. `take` is
   * called when the transaction is open, so that what came meanwhile still joins it.
   */
  async run(take: () => readonly Commit[]): Promise<Outcome[]> {
    try {
      // As a child it rolls back when something throws; LMDB's plain transaction would keep the half
      // that was put before.
      return await this.#tables.root.childTransaction(() =>
        take().map((commit) => this.#apply(commit)),
      );
    } catch (error) {
      // The cause travels as a rejected promise of its own; unheard, it would end the process.
      const { commitError } = error as { commitError?: Promise<never> };
      const cause = await commitError?.catch((reason: unknown) => reason);
      throw new Error('The metadata could not be written to the disk.', { cause: cause ?? error });
    }
  }

  /** All checks are read before the first put: a commit that conflicts leaves nothing. */
  #apply({ check = [], empty = [], set = [], del = [], add = [] }: Commit): Outcome {
    const { rows, counters } = this.#tables;
    for (const { key, stamp } of check) {
      const row = readRow(rows, key);
      if ((row?.stamp ?? null) !== stamp) return { ok: false, conflict: Buffer.from(key), row };
    }
    for (const { from, to } of empty) {
      const row = readRange(rows, { from, to, limit: 1 })[0];
      if (row !== undefined) return { ok: false, conflict: row.key, row };
    }
    const stamp = this.#takeStamp();
    // Inside a transaction these run at once; what they return is a promise only by habit.
    for (const { key, value } of set) void rows.put(key, encodeRow(stamp, value));
    for (const key of del) void rows.remove(key);
    for (const { key, deltas } of add) {
      const sums = addCounters(decodeCounter(counters.get(key)), deltas);
      void counters.put(key, encodeCounter(sums));
    }
    return { ok: true, stamp };
  }

  #takeStamp(): Stamp {
    if (this.#nextStamp >= this.#stampsBelow) {
      this.#stampsBelow += stampsAtOnce;
      const mark = Buffer.allocUnsafeSlow(8);
      mark.writeBigUInt64BE(this.#stampsBelow);
      void this.#tables.engine.put(stampKey, mark);
    }
    const stamp = this.#nextStamp;
    this.#nextStamp += 1n;
    return stamp;
  }
}
