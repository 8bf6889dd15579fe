// File blobs in a directory of their own, and looks at what they leave behind.
import { readdir, readFile, readlink, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobId } from '../../src/core/ports/blob-id.ts';
import type { FileSystem } from '../../src/engines/embedded/disk/file-system.ts';
import { type FileBlobs, nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { openBlobs } from './open-blobs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface BlobHarness {
  readonly blobs: FileBlobs;
  readonly directory: string;
  /** Paths of all blob files, relative. */
  files(): Promise<string[]>;
  /** Open descriptors of this process below the directory. */
  openHandles(): Promise<string[]>;
  pathOf(id: BlobId): Promise<string>;
  /** Replaces the bytes of a blob's file. */
  damage(id: BlobId, change: (bytes: Buffer) => Buffer): Promise<void>;
  /** Puts one blob's file in another's place. */
  move(from: BlobId, to: BlobId): Promise<void>;
}

export async function blobHarness(
  fileSystem: FileSystem = nodeFileSystem,
  directWrites?: boolean,
): Promise<BlobHarness> {
  const directory = await temporaryDirectory();
  const blobs = await openBlobs(directory, { fileSystem, directWrites });
  const files = async (): Promise<string[]> => {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  };
  const pathOf = async (id: BlobId): Promise<string> => {
    const path = (await files()).find((each) => each.endsWith(id.toString('hex')));
    if (path === undefined) throw new Error('no such file');
    return path;
  };
  return {
    blobs,
    directory,
    files,
    openHandles: () => openHandles(directory),
    pathOf,
    damage: async (id, change) => {
      const path = await pathOf(id);
      await writeFile(path, change(await readFile(path)));
    },
    move: async (from, to) => rename(await pathOf(from), await pathOf(to)),
  };
}

async function openHandles(directory: string): Promise<string[]> {
  const targets = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(directory));
}
