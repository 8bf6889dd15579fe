// A file system that keeps only what POSIX promises to keep: data that was fdatasynced, and names whose
// directory was fsynced. Real ones keep more, so a forgotten sync of a directory shows only here.
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileSystem, OpenFile } from '../../src/core/ports/file-system.ts';
import { systemRandom } from '../../src/core/ports/random.ts';
import { FileBlobs } from '../../src/engines/embedded/file-blobs.ts';

interface File {
  bytes: Buffer;
  durable: Buffer;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

class ForgetfulDisk implements FileSystem {
  #files = new Map<string, File>();
  #directories = new Set<string>(['/blobs']);
  #durableNames = new Set<string>(['/blobs']);

  /** The power goes: what no sync covered is gone. */
  cut(): void {
    const survives = (path: string): boolean =>
      path === '/blobs' || (this.#durableNames.has(path) && survives(dirname(path)));
    this.#directories = new Set([...this.#directories].filter(survives));
    this.#files = new Map(
      [...this.#files]
        .filter(([path]) => survives(path))
        .map(([path, { durable }]) => [path, { bytes: durable, durable }]),
    );
  }

  async create(path: string): Promise<OpenFile> {
    if (this.#files.has(path)) throw failure('EEXIST');
    if (!this.#directories.has(dirname(path))) throw failure('ENOENT');
    const file = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) };
    this.#files.set(path, file);
    return this.#handle(file);
  }

  async open(path: string): Promise<OpenFile> {
    const file = this.#files.get(path);
    if (file === undefined) throw failure('ENOENT');
    return this.#handle(file);
  }

  #handle(file: File): OpenFile {
    return {
      write: async (bytes, position) => {
        const size = Math.max(file.bytes.length, position + bytes.length);
        const next = Buffer.alloc(size);
        file.bytes.copy(next);
        next.set(bytes, position);
        file.bytes = next;
        return bytes.length;
      },
      read: async (buffer, position) => file.bytes.copy(buffer, 0, position),
      fdatasync: async () => {
        file.durable = Buffer.from(file.bytes);
      },
      size: async () => file.bytes.length,
      close: async () => undefined,
    };
  }

  async makeDirectory(path: string): Promise<boolean> {
    if (this.#directories.has(path)) return false;
    this.#directories.add(path);
    return true;
  }

  async removeDirectory(path: string): Promise<void> {
    this.#directories.delete(path);
  }

  async syncDirectory(path: string): Promise<void> {
    for (const name of [...this.#files.keys(), ...this.#directories]) {
      if (dirname(name) === path) this.#durableNames.add(name);
    }
    for (const name of this.#durableNames) {
      const isThere = this.#files.has(name) || this.#directories.has(name);
      if (dirname(name) === path && !isThere) this.#durableNames.delete(name);
    }
  }

  async list(path: string): Promise<string[]> {
    return [...this.#files.keys(), ...this.#directories]
      .filter((name) => dirname(name) === path)
      .map((name) => name.slice(path.length + 1));
  }

  async remove(path: string): Promise<void> {
    this.#files.delete(path);
  }
}

type Altered = (disk: ForgetfulDisk) => FileSystem;
const nothing = async (): Promise<void> => undefined;

const faithful: Altered = (disk) => disk;

function altered(disk: ForgetfulDisk, change: Partial<FileSystem>): FileSystem {
  return {
    create: (path) => disk.create(path),
    open: (path) => disk.open(path),
    makeDirectory: (path) => disk.makeDirectory(path),
    removeDirectory: (path) => disk.removeDirectory(path),
    syncDirectory: (path) => disk.syncDirectory(path),
    list: (path) => disk.list(path),
    remove: (path) => disk.remove(path),
    ...change,
  };
}

const withoutDirectorySync: Altered = (disk) => altered(disk, { syncDirectory: nothing });
const withoutDataSync: Altered = (disk) =>
  altered(disk, {
    create: async (path) => ({ ...(await disk.create(path)), fdatasync: nothing }),
  });

/** Stores blobs of several sizes, cuts the power, and says how many are whole afterwards. */
async function storeCutRead(alter: Altered): Promise<{ stored: number; whole: number }> {
  const disk = new ForgetfulDisk();
  const fileSystem = alter(disk);
  const epoch = systemRandom.bytes(6);
  const options = { directory: '/blobs', random: systemRandom };
  const blobs = await FileBlobs.open({ ...options, epoch, fileSystem });
  const bodies = [1, 65_535, 65_536, 65_537, 200_000].map((size) => systemRandom.bytes(size));
  const stored = [];
  for (const body of bodies) {
    const writer = await blobs.create();
    await writer.write(body);
    await writer.commit();
    stored.push({ id: writer.id, body });
  }
  disk.cut();
  const after = await FileBlobs.open({
    ...options,
    epoch: systemRandom.bytes(6),
    fileSystem: disk,
  });
  let whole = 0;
  for (const { id, body } of stored) {
    try {
      const chunks: Buffer[] = [];
      const extent = { blob: id, offset: 0, length: body.length };
      for await (const chunk of after.read(extent, 0, body.length)) chunks.push(chunk);
      if (Buffer.concat(chunks).equals(body)) whole += 1;
    } catch {
      // Lost or torn: not whole.
    }
  }
  return { stored: stored.length, whole };
}

describe('a simulated power cut', () => {
  test('leaves every committed blob whole', async () => {
    expect(await storeCutRead(faithful)).toEqual({ stored: 5, whole: 5 });
  });

  test('shows a missing fsync of the directory', async () => {
    expect((await storeCutRead(withoutDirectorySync)).whole).toBe(0);
  });

  test('shows a missing fdatasync', async () => {
    expect((await storeCutRead(withoutDataSync)).whole).toBe(0);
  });
});
