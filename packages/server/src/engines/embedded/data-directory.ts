// The data folder: made with its parts before anything is stored, every new entry synced up to the
// root, so that no later fsync rests on a directory that a power cut takes away (RustFS's lesson,
// reliability page §3.1 step 2). Carries the format's version.
import { lstat, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeFileSystem } from './node-file-system.ts';

/** Version of everything below the data folder; a newer one is refused. */
export const dataFormat = 1;

/** The data folder cannot be used; the message says why. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

export async function prepareDirectory(path: string): Promise<void> {
  await makeWithParents(resolve(path));
  for (const part of ['metadata', 'blobs']) await makeWithParents(join(resolve(path), part));
}

async function makeWithParents(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return requireDirectory(path);
    if (code !== 'ENOENT') throw error;
    await makeWithParents(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
  await nodeFileSystem.syncDirectory(dirname(path));
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

export async function checkFormat(directory: string): Promise<void> {
  const path = join(directory, 'format.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return writeFormat(directory, path);
  }
  let format: unknown;
  try {
    format = (JSON.parse(text) as { format?: unknown }).format;
  } catch {
    format = undefined;
  }
  if (typeof format !== 'number') {
    throw new DataDirectoryError(`${path} is damaged: it does not say the format's version.`);
  }
  if (format > dataFormat) {
    throw new DataDirectoryError(
      `${directory} was written by a newer osskeep (format ${format}); ` +
        `this one knows formats up to ${dataFormat}. Use the newer one.`,
    );
  }
}

async function writeFormat(directory: string, path: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ format: dataFormat })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await nodeFileSystem.syncDirectory(directory);
}
