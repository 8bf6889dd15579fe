// A path to a folder that is short enough for Unix sockets, whose paths end at 107 bytes.
import { randomBytes } from 'node:crypto';
import { open, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface ShortPath {
  readonly path: string;
  /** Sockets bound through it must be closed before. */
  release(): Promise<void>;
}

export async function shortPath(
  directory: string,
  platform: NodeJS.Platform = process.platform,
): Promise<ShortPath> {
  if (platform === 'linux') {
    const handle = await open(directory, 'r');
    return { path: `/proc/self/fd/${handle.fd}`, release: () => handle.close() };
  }
  const path = join(tmpdir(), `osskeep-${randomBytes(6).toString('hex')}`);
  await symlink(resolve(directory), path);
  return { path, release: () => unlink(path) };
}
