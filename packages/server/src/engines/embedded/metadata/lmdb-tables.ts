// Opens the LMDB environment with the settings under which an awaited commit is durable and visible to
// every reader of every process (metadata model §7). One process opens it for writing; any number
// may open it to read.
import { chmod, open as openDirectory } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';

/** The least that still gives a body of 8 KB beside its row one page (metadata model §7). */
const pageBytes = 8_192;
/** What fits beside the header of an overflow page; a test holds it against LMDB's own count. */
export const pageValueBytesMax = 8_168;

export type Table = Database<Buffer, Buffer>;

export interface LmdbTables {
  readonly root: RootDatabase<Buffer, Buffer>;
  readonly rows: Table;
  readonly counters: Table;
  /** The engine's own: which stamps are taken, and where the journal of an earlier version ended. */
  readonly engine: Table;
}

export type Access = 'read' | 'write';

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

/** `path` is a directory that exists and is durable. */
export async function openTables(path: string, access: Access): Promise<LmdbTables> {
  const options: RootDatabaseOptionsWithPath & { noSubdir: boolean; safeRestore: boolean } = {
    ...binary,
    path,
    noSubdir: false,
    pageSize: pageBytes,
    readOnly: access === 'read',
    // By default a promise may resolve before its flush, and a process killed in its flush can leave
    // the others unable to commit.
    overlappingSync: false,
    // By default a failed commit also rejects a promise that nobody can reach.
    eventTurnBatching: false,
    // By default pages that were never flushed are trusted while the machine has not rebooted.
    safeRestore: true,
  };
  const root: RootDatabase<Buffer, Buffer> = open<Buffer, Buffer>(options);
  const table = (name: string): Table => root.openDB<Buffer, Buffer>({ ...binary, name });
  const tables = {
    root,
    rows: table('rows'),
    counters: table('counters'),
    engine: table('engine'),
  };
  if (access === 'write') {
    // LMDB makes its files readable for all; small bodies lie in them.
    for (const name of ['data.mdb', 'lock.mdb']) await chmod(join(path, name), 0o600);
    // It flushes its file, not the directory entry of a file that it has just made.
    await syncDirectory(path);
  }
  return tables;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await openDirectory(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
