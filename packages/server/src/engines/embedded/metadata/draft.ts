// What a batch of commits will write, gathered before anything is: each commit is checked against what is
// stored and what those before it in the batch change. So a transaction of LMDB consists of writes only,
// and goes through its writing thread without coming back for an answer in between.
import type { Key, Row, Stamp } from '../../../core/ports/metadata.ts';
import type { LmdbRows } from './lmdb-rows.ts';
import { addCounters } from './row-value.ts';
import { nameOf, rowOf, type Writes, type WrittenCounter, type WrittenRow } from './writes.ts';

/** So many keys are sooner compared than made into the names of a map. */
const searchedMax = 12;

/** Keys and values given to it are the writer's own for as long as its writes are used. */
export class Draft {
  readonly #source: LmdbRows;
  readonly #rows: WrittenRow[] = [];
  /** Indexes in `#rows` by key, once there are many. */
  #indexes: Map<string, number> | undefined;
  readonly #counters = new Map<string, WrittenCounter>();
  #stampsBelow: Stamp | undefined;

  /** `source` must show what the last batch wrote. */
  constructor(source: LmdbRows) {
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0 && this.#counters.size === 0 && this.#stampsBelow === undefined;
  }

  get writes(): Writes {
    return {
      rows: this.#rows,
      counters: [...this.#counters.values()],
      stampsBelow: this.#stampsBelow,
    };
  }

  row(key: Key): Row | null {
    const drafted = this.#rows[this.#indexOf(key)];
    if (drafted !== undefined) return rowOf(drafted);
    return this.#source.row(key);
  }

  /** The first row in [from, to). */
  firstRow(from: Key, to: Key): Row | null {
    let first: Row | null = null;
    for (const row of this.#source.rowsIn({ from, to })) {
      // Drafted ones, changed or removed, are looked at below.
      if (this.#indexOf(row.key) !== -1) continue;
      first = row;
      break;
    }
    for (const drafted of this.#rows) {
      const { key, value } = drafted;
      if (value === undefined) continue;
      if (Buffer.compare(key, from) < 0 || Buffer.compare(key, to) >= 0) continue;
      if (first === null || Buffer.compare(key, first.key) < 0) first = rowOf(drafted);
    }
    return first;
  }

  set(key: Key, stamp: Stamp, value: Buffer): void {
    this.#put({ key, stamp, value });
  }

  remove(key: Key): void {
    this.#put({ key, stamp: 0n, value: undefined });
  }

  add(key: Key, deltas: readonly bigint[]): void {
    const name = nameOf(key);
    const sums = this.#counters.get(name)?.sums ?? this.#source.counter(key);
    this.#counters.set(name, { key, sums: addCounters(sums, deltas) });
  }

  /** Stamps below this one are taken. */
  markStamps(below: Stamp): void {
    this.#stampsBelow = below;
  }

  #put(row: WrittenRow): void {
    const index = this.#indexOf(row.key);
    if (index !== -1) {
      this.#rows[index] = row;
      return;
    }
    this.#rows.push(row);
    if (this.#rows.length === searchedMax + 1) {
      this.#indexes = new Map(this.#rows.map(({ key }, at) => [nameOf(key), at]));
    } else {
      this.#indexes?.set(nameOf(row.key), this.#rows.length - 1);
    }
  }

  /** -1 = not drafted. */
  #indexOf(key: Key): number {
    if (this.#indexes !== undefined) return this.#indexes.get(nameOf(key)) ?? -1;
    return this.#rows.findIndex((row) => row.key.length === key.length && row.key.equals(key));
  }
}
