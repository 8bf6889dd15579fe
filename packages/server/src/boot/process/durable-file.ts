// Small files of the data folder beside the engines' own: for their owner alone, whole or not there,
// and on stable media before anything rests on them.
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigurationError } from '../settings/errors.ts';

const { O_NOFOLLOW, O_RDONLY } = constants;

/** undefined when it is not there. Links are not followed. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ConfigurationError(
      code === 'ELOOP'
        ? `${path} is a symbolic link; put the file itself there.`
        : `${path} cannot be read: ${message}.`,
    );
  }
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Replaces what was there in one step. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Makes a folder inside the data folder, 0700, where it is missing. */
export async function makePrivateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
    await syncFolder(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if ((await lstat(path)).isDirectory()) return;
    throw new ConfigurationError(`${path} is no folder; it must be one, and no symbolic link.`);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
