// What a batch of commits changes, in its final values, and how that gets into LMDB.
import type { Key, Row, Stamp } from '../../../core/ports/metadata.ts';
import type { LmdbTables } from './lmdb-tables.ts';
import { encodeCounter, encodeRow, rowHeadBytes } from './row-value.ts';

export interface WrittenRow {
  readonly key: Key;
  readonly stamp: Stamp;
  /** undefined = removed. */
  readonly value: Buffer | undefined;
}

export interface WrittenCounter {
  readonly key: Key;
  readonly sums: readonly bigint[];
}

/** Made twice, in the same order, it leaves what it leaves when it is made once. */
export interface Writes {
  readonly rows: readonly WrittenRow[];
  readonly counters: readonly WrittenCounter[];
  /** Stamps below it are taken from now on. */
  readonly stampsBelow: Stamp | undefined;
}

/** A row that was written, for who asks for it; null where it was removed. */
export function rowOf({ key, stamp, value }: WrittenRow): Row | null {
  if (value === undefined) return null;
  return { key: Buffer.from(key), stamp, value: Buffer.from(value) };
}

/** Of a key, as the name of an entry in a map. */
export function nameOf(key: Key): string {
  return key.toString('latin1');
}

const stampKey = Buffer.from('stamp');

/** No stamp below it may be given. */
export function storedStampsBelow({ engine }: LmdbTables): Stamp {
  return engine.get(stampKey)?.readBigUInt64BE() ?? 1n;
}

/**
 * Puts everything, within a batch of LMDB: all of it or nothing. What the puts return are promises of a
 * batch that is awaited as a whole.
 */
export function putWrites(
  { rows, counters, engine }: LmdbTables,
  { rows: written, counters: sums, stampsBelow }: Writes,
): void {
  let bytes = 0;
  for (const { value } of written) if (value !== undefined) bytes += rowHeadBytes + value.length;
  // LMDB's thread reads the values where they lie: one piece of memory for all, that nobody shares.
  const values = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for (const { key, stamp, value } of written) {
    if (value === undefined) {
      void rows.remove(key);
      continue;
    }
    const end = at + rowHeadBytes + value.length;
    void rows.put(key, encodeRow(values.subarray(at, end), stamp, value));
    at = end;
  }
  for (const { key, sums: numbers } of sums) void counters.put(key, encodeCounter(numbers));
  if (stampsBelow === undefined) return;
  const mark = Buffer.allocUnsafeSlow(8);
  mark.writeBigUInt64BE(stampsBelow);
  void engine.put(stampKey, mark);
}
