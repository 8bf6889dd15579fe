// The file system of a server whose tests ask which blobs are there, which are open, and what was read.
import type { FileSystem, OpenFile } from '../../src/engines/embedded/disk/file-system.ts';
import { nodeFileSystem } from '../../src/engines/embedded/disk/node-file-system.ts';
import { fileWith } from '../engines/wrapped-file-system.ts';

export class WatchedFiles {
  /** Created and not removed. */
  readonly there = new Set<string>();
  /** Opened or created, and not closed. */
  open = 0;
  bytesRead = 0;

  readonly fileSystem: FileSystem = {
    ...nodeFileSystem,
    create: async (path) => {
      this.there.add(path);
      return this.#watch(await nodeFileSystem.create(path));
    },
    open: async (path) => this.#watch(await nodeFileSystem.open(path)),
    remove: async (path) => {
      await nodeFileSystem.remove(path);
      this.there.delete(path);
    },
  };

  #watch(opened: OpenFile): OpenFile {
    this.open += 1;
    return fileWith(opened, (file) => ({
      read: async (buffer, position) => {
        const bytes = await file.read(buffer, position);
        this.bytesRead += bytes;
        return bytes;
      },
      close: async () => {
        await file.close();
        this.open -= 1;
      },
    }));
  }
}
