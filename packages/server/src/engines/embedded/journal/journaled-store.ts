// Stores small batches in the journal first, which is one flush of one piece where LMDB needs two of many,
// and in LMDB later, many of them together. Until then they are shown from memory, so this is for a server
// of one process: others see only what LMDB has (metadata model §7). Large batches go into LMDB at once, with
// what was small before them.

import { storeInLmdb } from '../metadata/lmdb-store.ts';
import type { LmdbTables } from '../metadata/lmdb-tables.ts';
import { inOrder, type Writes } from '../metadata/writes.ts';
import { type Journal, type JournalPlace, journalBlockBytes } from './journal.ts';
import { encodeRecord, writesOf } from './journal-record.ts';
import type { PendingRows } from './pending-rows.ts';

/** What comes in this time goes into LMDB together. */
const gatherMs = 100;
/** So many bytes of records do not wait for more. */
const gatherBytesMax = 2 * 1024 * 1024;
/** A batch of more rows, of five PUTs about, shares LMDB's flushes well enough. */
const smallRowsMax = 12;
/** A larger batch would be written twice for little. */
const smallBytesMax = 128 * 1024;

export class JournaledStore {
  readonly #tables: LmdbTables;
  readonly #journal: Journal;
  readonly #pending: PendingRows;
  readonly #onFailure: (error: Error) => void;
  /** Behind the last record that is pending, or was. */
  #taken: JournalPlace;
  #timer: NodeJS.Timeout | undefined;
  #gathered = 0;
  #moving: Promise<void> | undefined;
  #failure: Error | undefined;

  /** `onFailure`: LMDB cannot be written; what is in the journal is safe there. */
  constructor(
    tables: LmdbTables,
    journal: Journal,
    pending: PendingRows,
    onFailure: (error: Error) => void,
  ) {
    this.#tables = tables;
    this.#journal = journal;
    this.#pending = pending;
    this.#onFailure = onFailure;
    this.#taken = journal.next;
  }

  /** Resolves when the writes are durable and shown. One at a time. */
  async store(writes: Writes): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!isSmall(writes)) {
      while (this.#moving !== undefined) await this.#moving;
      return this.#move(writes);
    }
    const { sequence } = this.#journal.next;
    const record = encodeRecord({ sequence, writes }, journalBlockBytes);
    while (!this.#journal.hasRoom(record.length)) await (this.#moving ?? this.#move());
    await this.#journal.append(record);
    // As it stands in the record: what the caller gave is the caller's.
    this.#pending.take(writesOf(record), sequence);
    this.#taken = this.#journal.next;
    this.#gathered += record.length;
    this.#moveSoon();
  }

  /** Everything is in LMDB, and the journal closed. */
  async close(): Promise<void> {
    try {
      while (this.#failure === undefined && !this.#pending.isEmpty) {
        await (this.#moving ?? this.#move());
      }
    } finally {
      clearTimeout(this.#timer);
      await this.#moving?.catch(() => undefined);
      await this.#journal.close();
    }
  }

  #moveSoon(): void {
    if (this.#moving !== undefined || this.#pending.isEmpty) return;
    // Whoever waits for it hears of a failure, and the queue through `onFailure`.
    const move = (): void => void this.#move().catch(() => undefined);
    if (this.#gathered >= gatherBytesMax) move();
    else this.#timer ??= setTimeout(move, gatherMs);
  }

  /** What the journal has gets into LMDB, and these writes behind it. One transaction at a time. */
  #move(more?: Writes): Promise<void> {
    if (this.#moving !== undefined) throw new Error('LMDB takes one transaction after the other.');
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const moving = this.#moveAll(more).finally(() => {
      this.#moving = undefined;
      if (this.#failure === undefined) this.#moveSoon();
    });
    this.#moving = moving;
    return moving;
  }

  async #moveAll(more: Writes | undefined): Promise<void> {
    const place = this.#taken;
    const isNew = !this.#pending.isEmpty;
    const all = isNew ? [this.#pending.writes] : [];
    if (more !== undefined) all.push(more);
    this.#gathered = 0;
    try {
      await storeInLmdb(this.#tables, inOrder(all), isNew ? place : undefined);
    } catch (error) {
      this.#failure = error as Error;
      this.#onFailure(error as Error);
      throw error;
    }
    this.#pending.drop(place.sequence - 1);
    this.#journal.release(place.sequence - 1);
  }
}

function isSmall({ rows }: Writes): boolean {
  if (rows.length > smallRowsMax) return false;
  let bytes = 0;
  for (const { key, value } of rows) bytes += key.length + (value?.length ?? 0);
  return bytes <= smallBytesMax;
}
