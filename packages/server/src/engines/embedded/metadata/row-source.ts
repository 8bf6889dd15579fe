// Rows and counters as LMDB's present view shows them.
import type { Key, Range, Row } from '../../../core/ports/metadata.ts';
import type { LmdbTables, Table } from './lmdb-tables.ts';
import { decodeCounter, decodePayload, decodeStamp } from './row-value.ts';

export interface Span {
  /** Inclusive. */
  readonly from: Key;
  /** Exclusive. */
  readonly to: Key;
  readonly reverse?: boolean | undefined;
}

/** One view, as long as the turn lasts. Rows belong to who asks. */
export interface RowSource {
  row(key: Key): Row | null;
  /** In order; whoever stops early costs nothing more. */
  rowsIn(span: Span): Iterable<Row>;
  range(range: Range): Row[];
  counter(key: Key): bigint[];
}

export class LmdbRows implements RowSource {
  readonly #rows: Table;
  readonly #counters: Table;

  constructor({ rows, counters }: LmdbTables) {
    this.#rows = rows;
    this.#counters = counters;
  }

  row(key: Key): Row | null {
    const bytes = this.#rows.get(key);
    return bytes === undefined ? null : decodeRow(Buffer.from(key), bytes);
  }

  *rowsIn(span: Span): Iterable<Row> {
    if (Buffer.compare(span.from, span.to) >= 0) return;
    for (const { key, value } of this.#rows.getRange(lmdbRange(span))) yield decodeRow(key, value);
  }

  range(range: Range): Row[] {
    const { limit } = range;
    if (limit === 0 || Buffer.compare(range.from, range.to) >= 0) return [];
    const found: Row[] = [];
    for (const { key, value } of this.#rows.getRange({ ...lmdbRange(range), limit })) {
      found.push(decodeRow(key, value));
    }
    return found;
  }

  counter(key: Key): bigint[] {
    return decodeCounter(this.#counters.get(key));
  }
}

function lmdbRange({ from, to, reverse = false }: Span) {
  if (!reverse) return { start: from, end: to };
  return { start: to, exclusiveStart: true, end: from, inclusiveEnd: true, reverse };
}

/** LMDB hands out copies of its own; the key of a single read is the caller's and is copied. */
function decodeRow(key: Key, bytes: Buffer): Row {
  return { key, stamp: decodeStamp(bytes), value: decodePayload(bytes) };
}
