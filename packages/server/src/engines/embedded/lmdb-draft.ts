// What a batch of commits will write, gathered before anything is: each commit is checked against what is
// stored and what those before it in the batch change. So a transaction of LMDB consists of writes only,
// and goes through its writing thread without coming back for an answer in between.
import type { Key, Row, Stamp } from '../../core/ports/metadata.ts';
import { readRow } from './lmdb-reader.ts';
import type { LmdbTables } from './lmdb-tables.ts';
import {
  addCounters,
  decodeCounter,
  decodePayload,
  decodeStamp,
  encodeCounter,
  encodeRow,
  rowHeadBytes,
} from './row-value.ts';

/** So many keys are sooner compared than made into the names of a map. */
const searchedMax = 12;
const stampKey = Buffer.from('stamp');

interface DraftRow {
  readonly key: Key;
  readonly stamp: Stamp;
  /** undefined = removed. */
  readonly value: Buffer | undefined;
}

/** Keys and values given to it must stay as they are until `write` returns. */
export class LmdbDraft {
  readonly #tables: LmdbTables;
  readonly #rows: DraftRow[] = [];
  /** Places in `#rows` by key, once there are many. */
  #places: Map<string, number> | undefined;
  readonly #counters = new Map<string, { readonly key: Key; readonly sums: bigint[] }>();
  #stampsBelow: Stamp | undefined;

  /** `tables` must show what the last batch wrote. */
  constructor(tables: LmdbTables) {
    this.#tables = tables;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0 && this.#counters.size === 0 && this.#stampsBelow === undefined;
  }

  row(key: Key): Row | null {
    const drafted = this.#rows[this.#placeOf(key)];
    if (drafted !== undefined) return rowOf(drafted);
    return readRow(this.#tables.rows, key);
  }

  /** The first row in [from, to). */
  firstRow(from: Key, to: Key): Row | null {
    if (Buffer.compare(from, to) >= 0) return null;
    let first: Row | null = null;
    for (const { key, value } of this.#tables.rows.getRange({ start: from, end: to })) {
      // Drafted ones, changed or removed, are looked at below.
      if (this.#placeOf(key) !== -1) continue;
      first = { key, stamp: decodeStamp(value), value: decodePayload(value) };
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
    const sums = this.#counters.get(name)?.sums ?? decodeCounter(this.#tables.counters.get(key));
    this.#counters.set(name, { key, sums: addCounters(sums, deltas) });
  }

  /** Stamps below this one are taken. */
  markStamps(below: Stamp): void {
    this.#stampsBelow = below;
  }

  /**
   * Puts everything, within a batch of LMDB: all of it or nothing. What the puts return are promises of a
   * batch that is awaited as a whole.
   */
  write(): void {
    const { rows, counters, engine } = this.#tables;
    // LMDB's thread reads the values where they lie: one piece of memory for all, that nobody shares.
    let bytes = 0;
    for (const { value } of this.#rows)
      if (value !== undefined) bytes += rowHeadBytes + value.length;
    const values = Buffer.allocUnsafeSlow(bytes);
    let at = 0;
    for (const { key, stamp, value } of this.#rows) {
      if (value === undefined) {
        void rows.remove(key);
        continue;
      }
      const end = at + rowHeadBytes + value.length;
      void rows.put(key, encodeRow(values.subarray(at, end), stamp, value));
      at = end;
    }
    for (const { key, sums } of this.#counters.values()) {
      void counters.put(key, encodeCounter(sums));
    }
    if (this.#stampsBelow === undefined) return;
    const mark = Buffer.allocUnsafeSlow(8);
    mark.writeBigUInt64BE(this.#stampsBelow);
    void engine.put(stampKey, mark);
  }

  #put(row: DraftRow): void {
    const place = this.#placeOf(row.key);
    if (place !== -1) {
      this.#rows[place] = row;
      return;
    }
    this.#rows.push(row);
    if (this.#rows.length === searchedMax + 1) {
      this.#places = new Map(this.#rows.map(({ key }, at) => [nameOf(key), at]));
    } else {
      this.#places?.set(nameOf(row.key), this.#rows.length - 1);
    }
  }

  /** -1 = not drafted. */
  #placeOf(key: Key): number {
    if (this.#places !== undefined) return this.#places.get(nameOf(key)) ?? -1;
    return this.#rows.findIndex((row) => row.key.length === key.length && row.key.equals(key));
  }
}

/** The mark of the last start: no stamp below it may be given. */
export function storedStampsBelow({ engine }: LmdbTables): Stamp {
  return engine.get(stampKey)?.readBigUInt64BE() ?? 1n;
}

function nameOf(key: Key): string {
  return key.toString('latin1');
}

function rowOf({ key, stamp, value }: DraftRow): Row | null {
  if (value === undefined) return null;
  return { key: Buffer.from(key), stamp, value: Buffer.from(value) };
}
