// One server per data folder. Node has no flock, so the lock is a Unix socket in the folder: one that
// answers has a living owner, one that refuses connections was left behind by a dead one. Sockets are
// bound through a short path, because a folder's own may be longer than the 107 bytes a socket takes.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { link, open, stat, symlink, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another server has the folder; the message says which. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

export interface DirectoryLock {
  /** Tells whoever asks where this server listens. */
  announce(addresses: readonly string[]): void;
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  since: string;
  addresses: readonly string[];
}

const lockName = 'lock.sock';
const answerMs = 1_000;

export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const short = await shortPath(directory);
  const own = `lock.${randomBytes(8).toString('hex')}`;
  const holder: Holder = { pid: process.pid, since: new Date().toISOString(), addresses: [] };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`${JSON.stringify(holder)}\n`);
  });
  const turn = await takeTurn(directory);
  try {
    server.listen(join(short.path, own));
    await once(server, 'listening');
    server.unref();
    await claim(directory, short.path, own);
  } catch (error) {
    await closeServer(server);
    await unlink(join(directory, own)).catch(() => undefined);
    await short.release();
    throw error;
  } finally {
    await turn.release();
  }
  return {
    announce: (addresses) => {
      holder.addresses = addresses;
    },
    release: async () => {
      await unlink(join(directory, lockName)).catch(() => undefined);
      await closeServer(server);
      await short.release();
    },
  };
}

async function claim(directory: string, short: string, own: string): Promise<void> {
  const lock = join(directory, lockName);
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      // link(2) fails when the name is taken: of two that try, one gets it.
      await link(join(directory, own), lock);
      await unlink(join(directory, own));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const answer = await ask(join(short, lockName));
    if (answer !== 'nobody') throw inUse(directory, answer);
    await unlink(lock).catch(() => undefined);
  }
  throw new DirectoryInUseError(`${directory} is being opened by several servers at once.`);
}

function inUse(directory: string, answer: string): DirectoryInUseError {
  let who = 'another server that does not say which it is';
  try {
    const { pid, since, addresses } = JSON.parse(answer) as Holder;
    const where = addresses.length === 0 ? '' : `, listening on ${addresses.join(', ')}`;
    who = `process ${pid}, running since ${since}${where}`;
  } catch {
    // It holds the folder all the same.
  }
  return new DirectoryInUseError(
    `The data folder ${directory} is in use by ${who}. Stop it, or choose another folder.`,
  );
}

/** What the socket's owner says; '' when it is silent; 'nobody' when it is dead. */
function ask(path: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    socket.setTimeout(answerMs, () => {
      resolve(answer);
      socket.destroy();
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const isDead = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
      resolve(isDead ? 'nobody' : '');
    });
  });
}

/** A path to the folder that is short enough for a socket. */
async function shortPath(
  directory: string,
): Promise<{ path: string; release: () => Promise<void> }> {
  if (process.platform === 'linux') {
    const handle = await open(directory, 'r');
    return { path: `/proc/self/fd/${handle.fd}`, release: () => handle.close() };
  }
  const path = join(tmpdir(), `osskeep-${randomBytes(6).toString('hex')}`);
  await symlink(directory, path);
  return { path, release: () => unlink(path) };
}

/**
 * Lets one process at a time look and claim, or two that both find a dead lock could remove each
 * other's new one. Linux frees the name when its owner dies; elsewhere the claim alone decides.
 */
async function takeTurn(directory: string): Promise<{ release: () => Promise<void> }> {
  if (process.platform !== 'linux') return { release: async () => undefined };
  const { dev, ino } = await stat(directory);
  const path = `\0osskeep-${dev}-${ino}`;
  for (let tries = 0; tries < 100; tries += 1) {
    const server = createServer();
    server.listen({ path });
    const [error] = (await Promise.race([
      once(server, 'listening').then(() => []),
      once(server, 'error'),
    ])) as [Error?];
    if (error === undefined) return { release: () => closeServer(server) };
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new DirectoryInUseError(`${directory} is being opened by several servers at once.`);
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}
