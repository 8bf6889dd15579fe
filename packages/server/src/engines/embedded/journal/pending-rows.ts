// What the journal holds and LMDB does not yet: the newest values, in memory, and a view that shows them in
// front of LMDB's.
import type { Key, Range, Row, Stamp } from '../../../core/ports/metadata.ts';
import type { RowSource, Span } from '../metadata/row-source.ts';
import {
  nameOf,
  rowOf,
  type Writes,
  type WrittenCounter,
  type WrittenRow,
} from '../metadata/writes.ts';

/** An entry of a record, and which record of the journal it came with. */
interface Pending<Entry> {
  readonly entry: Entry;
  readonly record: number;
}

export class PendingRows {
  readonly #rows = new Map<string, Pending<WrittenRow>>();
  readonly #counters = new Map<string, Pending<WrittenCounter>>();
  #stampsBelow: Pending<Stamp> | undefined;

  get isEmpty(): boolean {
    return this.#rows.size === 0 && this.#counters.size === 0 && this.#stampsBelow === undefined;
  }

  /** Keeps the buffers. */
  take({ rows, counters, stampsBelow }: Writes, record: number): void {
    if (stampsBelow !== undefined) this.#stampsBelow = { entry: stampsBelow, record };
    for (const entry of rows) this.#rows.set(nameOf(entry.key), { entry, record });
    for (const entry of counters) this.#counters.set(nameOf(entry.key), { entry, record });
  }

  /** Those of this record and of all before it are in LMDB, and shown by it. */
  drop(record: number): void {
    for (const entries of [this.#rows, this.#counters]) {
      for (const [name, pending] of entries) if (pending.record <= record) entries.delete(name);
    }
    if ((this.#stampsBelow?.record ?? record) <= record) this.#stampsBelow = undefined;
  }

  get writes(): Writes {
    return {
      rows: [...this.#rows.values()].map(({ entry }) => entry),
      counters: [...this.#counters.values()].map(({ entry }) => entry),
      stampsBelow: this.#stampsBelow?.entry,
    };
  }

  row(key: Key): WrittenRow | undefined {
    return this.#rows.size === 0 ? undefined : this.#rows.get(nameOf(key))?.entry;
  }

  counter(key: Key): readonly bigint[] | undefined {
    return this.#counters.size === 0 ? undefined : this.#counters.get(nameOf(key))?.entry.sums;
  }

  /** Removed ones too; in the order of the span. */
  rowsIn({ from, to, reverse = false }: Span): WrittenRow[] {
    const found: WrittenRow[] = [];
    for (const { entry } of this.#rows.values()) {
      if (Buffer.compare(entry.key, from) >= 0 && Buffer.compare(entry.key, to) < 0) {
        found.push(entry);
      }
    }
    found.sort((a, b) => Buffer.compare(a.key, b.key));
    return reverse ? found.reverse() : found;
  }
}

export class RowsWithPending implements RowSource {
  readonly #stored: RowSource;
  readonly #pending: PendingRows;

  constructor(stored: RowSource, pending: PendingRows) {
    this.#stored = stored;
    this.#pending = pending;
  }

  row(key: Key): Row | null {
    const pending = this.#pending.row(key);
    return pending === undefined ? this.#stored.row(key) : rowOf(pending);
  }

  *rowsIn(span: Span): Iterable<Row> {
    const pending = this.#pending.rowsIn(span);
    const direction = span.reverse === true ? -1 : 1;
    let at = 0;
    for (const stored of this.#stored.rowsIn(span)) {
      let isReplaced = false;
      for (; at < pending.length; at += 1) {
        const next = pending[at] as WrittenRow;
        const order = Buffer.compare(next.key, stored.key) * direction;
        if (order > 0) break;
        isReplaced ||= order === 0;
        const row = rowOf(next);
        if (row !== null) yield row;
      }
      if (!isReplaced) yield stored;
    }
    for (const next of pending.slice(at)) {
      const row = rowOf(next);
      if (row !== null) yield row;
    }
  }

  range(range: Range): Row[] {
    if (this.#pending.isEmpty) return this.#stored.range(range);
    const found: Row[] = [];
    if (range.limit === 0) return found;
    for (const row of this.rowsIn(range)) {
      found.push(row);
      if (found.length === range.limit) break;
    }
    return found;
  }

  counter(key: Key): bigint[] {
    const pending = this.#pending.counter(key);
    return pending === undefined ? this.#stored.counter(key) : [...pending];
  }
}
