// Writes a download: into a temporary file in the same folder, then into place in one step, so that
// a transfer cut short never leaves half a file under the wanted name, and without -f nothing is
// ever overwritten, not even a file that appeared meanwhile.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { link, lstat, mkdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError } from '../failures/failures.ts';

/** A file of that name is there, and nobody said it may be replaced. */
export class ExistsError extends CommandError {
  constructor(path: string) {
    super(`${path} exists already; it was left as it is.`, { hint: 'Give -f to overwrite it.' });
  }
}

async function present(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Refuses early, before a byte is asked for, what `writeFileWhole` would refuse at the end. */
export async function checkWritable(path: string, force: boolean): Promise<void> {
  let isFolder = false;
  try {
    const found = await lstat(path);
    isFolder = found.isDirectory();
    if (!isFolder && !force) throw new ExistsError(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (isFolder) throw new CommandError(`${path} is a folder; a file cannot take its place.`);
}

async function publish(temporary: string, path: string, force: boolean): Promise<void> {
  if (force) return rename(temporary, path);
  try {
    // A link fails if the name is taken; a rename would replace what is there.
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new ExistsError(path);
    // File systems without hard links: the check and the rename are two steps there.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) throw error;
    if (await present(path)) throw new ExistsError(path);
    return rename(temporary, path);
  }
  await unlink(temporary);
}

/** Name of a temporary file beside `path`, short enough for any name that is allowed. */
function temporaryName(path: string): string {
  const name = Buffer.from(basename(path)).subarray(0, 200).toString().replaceAll('\ufffd', '');
  return join(dirname(path), `.${name}.${randomBytes(6).toString('hex')}.part`);
}

/** Removes a temporary file when a signal ends the process; gives the way to call this off. */
function removeOnSignal(temporary: string): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    callOff();
    rmSync(temporary, { force: true });
    // Ends as the signal would have ended it, so that a shell sees the truth.
    process.kill(process.pid, signal);
  };
  const callOff = (): void => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return callOff;
}

/** A link planted under that name is not followed. At once: no signal comes between file and removal. */
function makeExclusively(temporary: string, callOff: () => void): void {
  try {
    closeSync(openSync(temporary, 'wx'));
  } catch (error) {
    callOff();
    throw error;
  }
}

/**
 * Gives `write` a temporary path to fill and moves the result to `path`.
 * Whatever goes wrong, the temporary file is removed.
 */
export async function writeFileWhole<T>(
  path: string,
  force: boolean,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  const callOff = removeOnSignal(temporary);
  makeExclusively(temporary, callOff);
  try {
    const result = await write(temporary);
    await publish(temporary, path, force);
    return result;
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  } finally {
    callOff();
  }
}
