// The file system port on node:fs.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rmdir, unlink } from 'node:fs/promises';
import { DirectWrites } from './direct-writes.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

class NodeFile implements OpenFile {
  readonly #handle: FileHandle;
  readonly #direct: DirectWrites | undefined;

  constructor(handle: FileHandle, direct?: DirectWrites) {
    this.#handle = handle;
    this.#direct = direct;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  async writePages(bytes: Uint8Array, position: number): Promise<number | undefined> {
    return this.#direct?.write(bytes, position);
  }

  async read(buffer: Buffer, position: number): Promise<number> {
    return (await this.#handle.read(buffer, 0, buffer.length, position)).bytesRead;
  }

  fdatasync(): Promise<void> {
    return this.#handle.datasync();
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  async close(): Promise<void> {
    try {
      await this.#direct?.close();
    } finally {
      await this.#handle.close();
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

export const nodeFileSystem: FileSystem = {
  create: async (path) => {
    const handle = await open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
    return new NodeFile(handle, DirectWrites.of(path));
  },
  open: async (path) => new NodeFile(await open(path, O_RDONLY | O_NOFOLLOW)),
  makeDirectory: async (path) => {
    try {
      await mkdir(path, { mode: 0o700 });
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
  },
  removeDirectory: (path) => rmdir(path),
  // Opened anew each time: beside the fsync that costs nothing, and no handle can be forgotten.
  syncDirectory: async (path) => {
    const directory = await open(path, O_RDONLY | O_DIRECTORY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  list: async (path) => {
    try {
      return await readdir(path);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  },
  remove: async (path) => {
    try {
      await unlink(path);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  },
};
