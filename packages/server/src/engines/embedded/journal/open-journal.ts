// Opens the journal of a metadata folder, and gives LMDB what it does not have of it.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { storedPlace, storeInLmdb } from '../metadata/lmdb-store.ts';
import type { LmdbTables } from '../metadata/lmdb-tables.ts';
import { inOrder } from '../metadata/writes.ts';
import { Journal, journalStart } from './journal.ts';

const fileName = 'journal';
const fileBytes = 8 * 1024 * 1024;

/** Everything in it is in LMDB when it is open. */
export async function openJournal(path: string, tables: LmdbTables): Promise<Journal> {
  const place = storedPlace(tables) ?? journalStart;
  const { journal, records } = await Journal.open(join(path, fileName), fileBytes, place);
  try {
    if (records.length > 0) {
      const { next } = journal;
      const writes = inOrder(records.map((record) => record.writes));
      await storeInLmdb(tables, writes, next);
      journal.release(next.sequence - 1);
    }
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** For a start that keeps no journal: what an earlier one left in it must not be lost. */
export async function emptyJournal(path: string, tables: LmdbTables): Promise<void> {
  try {
    await access(join(path, fileName));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await (await openJournal(path, tables)).close();
}
