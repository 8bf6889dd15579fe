// The data folder: made with its parts before anything is stored, every entry synced up to the root, so
// that no later fsync rests on a directory that a power cut takes away (durability reference §3.1 step 2).
// `format.json` says the version of everything below.
import { access, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeFileSystem } from '../disk/node-file-system.ts';

/** Version of everything below the data folder; a newer one is refused. 2: there may be, or have been, a journal. */
const dataFormat = 2;

/** The data folder cannot be used; the message says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

/** Makes the folder and its parts, 0700, where they are missing. Links are not followed. */
export async function prepareDirectory(directory: string): Promise<void> {
  const path = resolve(directory);
  const wasThere = await nearestThere(path);
  await makeWithParents(path);
  for (const part of ['metadata', 'blobs']) await makeWithParents(join(path, part));
  await syncToRoot(path, wasThere);
}

async function nearestThere(path: string): Promise<string> {
  try {
    await lstat(path);
    return path;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    return nearestThere(dirname(path));
  }
}

async function makeWithParents(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return requireDirectory(path);
    if (!hasCode(error, 'ENOENT')) throw error;
    await makeWithParents(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

async function requireDirectory(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isDirectory()) return;
  throw new DataDirectoryError(
    found.isSymbolicLink()
      ? `${path} is a symbolic link; name the folder it points to.`
      : `${path} is not a folder.`,
  );
}

/** Also what was there: an earlier start may have ended between making a folder and syncing it. */
async function syncToRoot(path: string, wasThere: string): Promise<void> {
  let isOurs = true;
  for (let at = path; ; at = dirname(at)) {
    try {
      await nodeFileSystem.syncDirectory(at);
    } catch (error) {
      // Folders above ours may be closed to us, or on a file system that cannot sync them.
      if (isOurs || !['EACCES', 'EPERM', 'EINVAL', 'EROFS'].some((code) => hasCode(error, code))) {
        throw error;
      }
    }
    if (at === wasThere) isOurs = false;
    if (at === dirname(at)) return;
  }
}

/** Writes the version into a new folder, and refuses one that this program cannot read. */
export async function checkFormat(directory: string): Promise<void> {
  const path = join(directory, 'format.json');
  const hasMetadata = await exists(join(directory, 'metadata', 'data.mdb'));
  const text = await readOrNothing(path);
  if (text === undefined) {
    if (!hasMetadata) return writeFormat(directory, path);
    throw new DataDirectoryError(
      `${directory} holds data, but format.json is gone: restore it from a backup.`,
    );
  }
  const format = knownFormat(directory, path, text);
  // The first blob directory is made after the metadata's file: blobs alone mean that it was lost,
  // and empty metadata would make every blob an orphan.
  if (hasMetadata || (await readdir(join(directory, 'blobs'))).length === 0) {
    // Taken over, it says what a new one does: programs of format 1 refuse both.
    if (format < dataFormat) await writeFormat(directory, path);
    return;
  }
  throw new DataDirectoryError(
    `${directory} holds blobs, but no metadata (metadata/data.mdb): restore it from a backup.`,
  );
}

function knownFormat(directory: string, path: string, text: string): number {
  const format = parseFormat(text);
  if (format === undefined) {
    throw new DataDirectoryError(`${path} is damaged: it does not say the format's version.`);
  }
  if (format <= dataFormat) return format;
  throw new DataDirectoryError(
    `${directory} was written by a newer osskeep (format ${format}); ` +
      `this one knows formats up to ${dataFormat}. Use the newer one.`,
  );
}

function parseFormat(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return typeof format === 'number' && Number.isInteger(format) && format > 0
      ? format
      : undefined;
  } catch {
    return undefined;
  }
}

async function writeFormat(directory: string, path: string): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ format: dataFormat })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await nodeFileSystem.syncDirectory(directory);
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
