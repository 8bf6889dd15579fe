// One server per data folder. Node has no flock, so the lock is a Unix socket in the folder: one that
// takes connections has a living owner, one that refuses them was left behind by a dead one.
//
// Locks are numbered: `lock.7`. Whoever finds the highest one dead claims the next number with link(2),
// of which one succeeds, however many try. A dead lock is never taken over or removed by name alone, or
// two that both found it dead could remove each other's new one. Old numbers are removed by the owner
// of a much higher one only, so that whoever comes late with an old number still finds a higher one.
import { randomBytes } from 'node:crypto';
import { link, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { shortPath } from '../disk/short-path.ts';
import { type LockHolder, LockSocket, probeLock } from './lock-socket.ts';

/** Another server has the folder; the message says which. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

export interface DirectoryLock {
  /** Tells whoever asks where this server listens. */
  announce(addresses: readonly string[]): void;
  release(): Promise<void>;
}

const lockPattern = /^lock\.(\d+)$/;
const claimsMax = 100;
/** Old locks left in the folder. */
const oldLocksKept = 8;

export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const short = await shortPath(directory);
  const own = `claim.${randomBytes(8).toString('hex')}`;
  const holder = {
    pid: process.pid,
    since: new Date().toISOString(),
    addresses: [] as readonly string[],
  } satisfies LockHolder;
  const socket = new LockSocket(() => holder);
  try {
    // Bound under a name of its own first: a lock that can be seen takes connections already.
    await socket.listen(join(short.path, own));
    const number = await claim(directory, short.path, own);
    await removeOldLocks(directory, number);
  } catch (error) {
    await socket.close();
    await short.release();
    throw error;
  } finally {
    await unlink(join(directory, own)).catch(() => undefined);
  }
  return {
    announce: (addresses) => {
      holder.addresses = [...addresses];
    },
    // The name stays, and refuses connections from now on: numbers must never fall.
    release: async () => {
      await socket.close();
      await short.release();
    },
  };
}

/** Returns the number under which `own` holds the folder. */
async function claim(directory: string, short: string, own: string): Promise<number> {
  for (let tries = 0; tries < claimsMax; tries += 1) {
    const highest = await highestLock(directory);
    if (highest > 0) await refuseIfAlive(directory, join(short, `lock.${highest}`));
    const number = highest + 1;
    try {
      await link(join(directory, own), join(directory, `lock.${number}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      continue;
    }
    if ((await highestLock(directory)) === number) return number;
    // The number was given out and removed before: it means nothing beside the higher one.
    await unlink(join(directory, `lock.${number}`));
  }
  throw new DirectoryInUseError(`${directory} is being opened by many servers at once.`);
}

async function highestLock(directory: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(directory)));
}

async function lockNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => {
    const digits = lockPattern.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

async function removeOldLocks(directory: string, number: number): Promise<void> {
  for (const old of await lockNumbers(directory)) {
    if (old > number - oldLocksKept) continue;
    await unlink(join(directory, `lock.${old}`)).catch(() => undefined);
  }
}

async function refuseIfAlive(directory: string, path: string): Promise<void> {
  const probe = await probeLock(path);
  if (probe.isDead) return;
  const { holder } = probe;
  const where =
    holder === undefined || holder.addresses.length === 0
      ? ''
      : `, listening on ${holder.addresses.join(', ')}`;
  const who =
    holder === undefined
      ? 'a server that does not say which it is'
      : `process ${holder.pid}, running since ${holder.since}${where}`;
  throw new DirectoryInUseError(
    `The data folder ${directory} is in use by ${who}. Stop it, or choose another folder.`,
  );
}
