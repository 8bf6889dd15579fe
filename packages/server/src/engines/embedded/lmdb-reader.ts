// The reading half of the embedded metadata: any process with the data folder may have one.
import type { Key, Metadata, Range, Row, Stamp, View } from '../../core/ports/metadata.ts';
import { checkKey, checkQuery } from '../check-limits.ts';
import type { KnownStamps } from './known-stamps.ts';
import { type LmdbTables, openTables, type Table } from './lmdb-tables.ts';
import { decodeCounter, decodePayload, decodeStamp } from './row-value.ts';

const microtask = Promise.resolve();
const nothingAsked = { key: undefined, stamp: 0n } as const;

export class LmdbReader implements Pick<Metadata, 'read' | 'readChanged' | 'counters' | 'close'> {
  readonly #tables: LmdbTables;
  readonly #stamps: KnownStamps | undefined;
  #isClosed = false;
  #isFresh = false;
  /** By the present view; by no view once that is over. */
  #unchanged: { readonly key: Key | undefined; readonly stamp: Stamp } = nothingAsked;
  readonly #endView = (): void => {
    this.#isFresh = false;
    this.#unchanged = nothingAsked;
  };

  /** `stamps`: of the writer, where it is in this process. */
  constructor(tables: LmdbTables, stamps?: KnownStamps) {
    this.#tables = tables;
    this.#stamps = stamps;
  }

  static async open(path: string): Promise<LmdbReader> {
    return new LmdbReader(await openTables(path, 'read'));
  }

  /** Everything is read in one turn, hence in one read transaction: one view. */
  async read(query: Parameters<Metadata['read']>[0]): Promise<View> {
    checkQuery(query);
    this.#renewView();
    const { rows } = this.#tables;
    return {
      rows: (query.keys ?? []).map((key) => readRow(rows, key)),
      ranges: (query.ranges ?? []).map((range) => readRange(rows, range)),
    };
  }

  readChanged(key: Key, known: Stamp): Row | null | 'unchanged' {
    if (this.#stamps !== undefined) {
      this.#requireOpen();
      checkKey(key);
      if (this.#stamps.has(key, known)) return 'unchanged';
    }
    // The requests of a turn all ask whether the configuration is the same, and one view has one answer.
    const { key: asked, stamp } = this.#unchanged;
    if (this.#isFresh && key === asked && known === stamp) return 'unchanged';
    checkKey(key);
    this.#renewView();
    // LMDB's own buffer, overwritten by the next read: nothing of it is handed out.
    const bytes = this.#tables.rows.getBinaryFast(key);
    if (bytes === undefined) return null;
    if (decodeStamp(bytes) === known) {
      this.#unchanged = { key, stamp: known };
      this.#stamps?.note(key, known);
      return 'unchanged';
    }
    return readRow(this.#tables.rows, key);
  }

  async counters(key: Key): Promise<readonly bigint[]> {
    checkKey(key);
    this.#renewView();
    return decodeCounter(this.#tables.counters.get(key));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#tables.root.close();
  }

  /**
   * LMDB's read transaction is shared and renewed by a timer: without this, reads right after an
   * acknowledged commit of another process were stale more often than not (toolchain reference §5). Reads
   * of the same run of microtasks share a view: no answer of a writer and no request can come between
   * them, so none of them may know of anything later. Each renewal costs LMDB's binding a timer. Where the
   * writer is in this process, it begins a view after each of its batches, and nobody else changes anything.
   */
  #renewView(): void {
    this.#requireOpen();
    if (this.#isFresh || this.#stamps !== undefined) return;
    this.#isFresh = true;
    void microtask.then(this.#endView);
    this.#tables.root.resetReadTxn();
  }

  /** Reading from memory that is no longer mapped would end the process. */
  #requireOpen(): void {
    if (this.#isClosed) throw new Error('The metadata engine is closed.');
  }
}

/** By the view of the moment. */
export function readRow(rows: Table, key: Key): Row | null {
  const bytes = rows.get(key);
  return bytes === undefined ? null : decodeRow(Buffer.from(key), bytes);
}

function readRange(rows: Table, { from, to, limit, reverse = false }: Range): Row[] {
  if (limit === 0 || Buffer.compare(from, to) >= 0) return [];
  const span = reverse
    ? { start: to, exclusiveStart: true, end: from, inclusiveEnd: true, reverse, limit }
    : { start: from, end: to, limit };
  const found: Row[] = [];
  for (const { key, value } of rows.getRange(span)) found.push(decodeRow(key, value));
  return found;
}

/** LMDB hands out copies of its own; the key of a single read is the caller's and is copied. */
function decodeRow(key: Key, bytes: Buffer): Row {
  return { key, stamp: decodeStamp(bytes), value: decodePayload(bytes) };
}
