// The reading half of the embedded metadata: any process with the data folder may have one.
import type { Eventually } from '../../../core/ports/eventually.ts';
import type { Found, Key, Metadata, Query, View, Wanted } from '../../../core/ports/metadata.ts';
import { checkKey, checkQuery } from '../../check-limits.ts';
import type { PendingRows } from '../journal/pending-rows.ts';
import { type LmdbTables, openTables } from './lmdb-tables.ts';
import { LmdbRows, type RowSource } from './row-source.ts';
import { decodeStamp } from './row-value.ts';
import type { KnownStamps } from './stamps/known-stamps.ts';
import { stateOf } from './stamps/lmdb-state.ts';
import { ViewStamps } from './stamps/view-stamps.ts';
import { rowOf } from './writes.ts';

const microtask = Promise.resolve();
const none: readonly never[] = [];

/** What a process that writes itself knows besides. */
export interface WritingHere {
  readonly source: RowSource;
  readonly stamps: KnownStamps;
  /** What LMDB does not have yet, where there is a journal. */
  readonly pending?: PendingRows | undefined;
}

export class LmdbReader implements Pick<Metadata, 'read' | 'counters' | 'close'> {
  readonly #tables: LmdbTables;
  readonly #source: RowSource;
  readonly #writing: WritingHere | undefined;
  /** undefined where the writer is in this process, and knows more. */
  readonly #views: ViewStamps | undefined;
  readonly #stamps: KnownStamps | ViewStamps;
  #isClosed = false;
  #isFresh = false;
  readonly #endView = (): void => {
    this.#isFresh = false;
  };

  constructor(tables: LmdbTables, writing?: WritingHere) {
    this.#tables = tables;
    this.#source = writing?.source ?? new LmdbRows(tables);
    this.#writing = writing;
    if (writing === undefined) this.#stamps = this.#views = new ViewStamps();
    else this.#stamps = writing.stamps;
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
    if (known === undefined) return this.#source.row(key);
    if (this.#stamps.has(key, known)) return 'unchanged';
    const pending = this.#writing?.pending?.row(key);
    if (pending !== undefined) return pending.stamp === known ? 'unchanged' : rowOf(pending);
    // LMDB's own buffer, overwritten by the next read: nothing of it is handed out.
    const bytes = this.#tables.rows.getBinaryFast(key);
    if (bytes === undefined) return null;
    if (decodeStamp(bytes) !== known) return this.#source.row(key);
    this.#stamps.note(key, known);
    return 'unchanged';
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
   * acknowledged commit of another process were stale more often than not (toolchain reference §5). Reads
   * of the same run of microtasks share a view: no answer of a writer and no request can come between
   * them, so none of them may know of anything later. Each renewal costs LMDB's binding a timer. Where the
   * writer is in this process, it begins a view after each of its batches, and nobody else changes anything.
   */
  #renewView(): void {
    this.#requireOpen();
    if (this.#isFresh || this.#views === undefined) return;
    this.#isFresh = true;
    void microtask.then(this.#endView);
    this.#tables.root.resetReadTxn();
    this.#views.begin(stateOf(this.#tables));
  }

  /** Reading from memory that is no longer mapped would end the process. */
  #requireOpen(): void {
    if (this.#isClosed) throw new Error('The metadata engine is closed.');
  }
}
