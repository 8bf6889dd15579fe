// Opens the metadata of a data folder, in the one process that writes it or in one that only reads it. The one
// that writes first takes over what the journal of an earlier version may have left.
import { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodeFileSystem } from './disk/node-file-system.ts';
import { DataDirectoryError } from './folder/data-directory.ts';
import { drainJournal } from './journal/drain-journal.ts';
import { JournalDamageError } from './journal/read-journal.ts';
import { type LmdbWriting, type WritingOptions, writeLmdb } from './metadata/lmdb-metadata.ts';
import { type LmdbTables, openTables } from './metadata/lmdb-tables.ts';

const { O_NOFOLLOW, O_RDONLY } = constants;

export interface WriterOptions extends WritingOptions {
  /** A directory that exists and is durable. */
  readonly path: string;
}

/**
 * For the one process that writes; others may read what it has acknowledged. Throws DataDirectoryError for a
 * damaged journal, and then nothing has been written.
 */
export async function openLmdbWriter(options: WriterOptions): Promise<LmdbWriting> {
  const tables = await openTables(options.path, 'write');
  try {
    await takeOverJournal(tables, join(options.path, 'journal'));
    return writeLmdb(tables, options);
  } catch (error) {
    await tables.root.close();
    throw error;
  }
}

async function takeOverJournal(tables: LmdbTables, path: string): Promise<void> {
  const file = await readOrNothing(path);
  try {
    await drainJournal(tables, file);
  } catch (error) {
    if (!(error instanceof JournalDamageError)) throw error;
    throw new DataDirectoryError(
      `${path} is damaged, ${error.message}; it held writes that were acknowledged. Restore the data ` +
        'folder from a backup, or, to go on without them, put an empty file in its place.',
      { cause: error },
    );
  }
  if (file === undefined) return;
  await nodeFileSystem.remove(path);
  await nodeFileSystem.syncDirectory(dirname(path));
}

async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path, { flag: O_RDONLY | O_NOFOLLOW });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
