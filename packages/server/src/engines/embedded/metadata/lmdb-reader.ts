// The reading half of the embedded metadata: any process with the data folder may have one.
import type { Eventually } from '../../../core/ports/eventually.ts';
import type {
  Found,
  Key,
  Metadata,
  Query,
  Row,
  View,
  Wanted,
} from '../../../core/ports/metadata.ts';
import { checkKey, checkQuery } from '../../check-limits.ts';
import { LmdbRows } from './lmdb-rows.ts';
import { type LmdbTables, openTables } from './lmdb-tables.ts';
import { decodeStamp } from './row-value.ts';
import { absent, type KnownStamps } from './stamps/known-stamps.ts';

const microtask = Promise.resolve();
const none: readonly never[] = [];

export class LmdbReader implements Pick<Metadata, 'read' | 'counters' | 'close'> {
  readonly #tables: LmdbTables;
  readonly #source: LmdbRows;
  /** undefined where the writer is in another process. */
  readonly #stamps: KnownStamps | undefined;
  #isClosed = false;
  #isFresh = false;
  readonly #endView = (): void => {
    this.#isFresh = false;
  };

  /** `stamps`: what the writer of this process knows. */
  constructor(tables: LmdbTables, stamps?: KnownStamps) {
    this.#tables = tables;
    this.#source = new LmdbRows(tables);
    this.#stamps = stamps;
  }

  static async open(path: string): Promise<LmdbReader> {
    return new LmdbReader(await openTables(path, 'read'));
  }

  /** Everything is read in one turn, hence in one read transaction: one view. */
  read(query: Query): Eventually<View> {
    try {
      checkQuery(query);
      this.#renewView();
      const { keys = none, ranges = none } = query;
      return {
        rows: keys.length === 0 ? none : keys.map((wanted) => this.#find(wanted)),
        ranges: ranges.length === 0 ? none : ranges.map((range) => this.#source.range(range)),
      };
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #find({ key, known }: Wanted): Found {
    if (known === undefined) return this.#findUnknown(key);
    if (this.#stamps?.has(key, known)) return 'unchanged';
    // LMDB's own buffer, overwritten by the next read: nothing of it is handed out.
    const bytes = this.#tables.rows.getBinaryFast(key);
    if (bytes === undefined) return null;
    if (decodeStamp(bytes) !== known) return this.#source.row(key);
    this.#stamps?.note(key, known);
    return 'unchanged';
  }

  /** Asked for again and again are those that are not there: an account without settings, a name that is guessed. */
  #findUnknown(key: Key): Row | null {
    if (this.#stamps?.has(key, absent)) return null;
    const row = this.#source.row(key);
    if (row === null) this.#stamps?.note(key, absent);
    return row;
  }

  async counters(key: Key): Promise<readonly bigint[]> {
    checkKey(key);
    this.#renewView();
    return this.#source.counter(key);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#tables.root.close();
  }

  /**
   * LMDB's read transaction is shared and renewed by a timer: without this, reads right after an
   * acknowledged commit of another process were stale more often than not (metadata model §7). Reads
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
