// A disk in memory whose power can be cut: only what was synced is there afterwards, a file's data by
// its fdatasync and its name by an fsync of its directory. The worst that a real one may do in order.
import type { FileSystem, OpenFile } from '../../src/engines/embedded/disk/file-system.ts';

class SimulatedFile {
  bytes = Buffer.alloc(0);
  /** What the platters hold. */
  durable = Buffer.alloc(0);
}

class SimulatedDirectory {
  readonly entries = new Map<string, Entry>();
  durable: ReadonlyMap<string, Entry> = new Map();
}

type Entry = SimulatedFile | SimulatedDirectory;

class PathError extends Error {
  readonly code: string;

  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

export class CuttableDisk implements FileSystem {
  readonly #root: SimulatedDirectory;

  constructor(root: SimulatedDirectory = new SimulatedDirectory()) {
    this.#root = root;
  }

  /** The disk as the next start finds it. */
  afterPowerCut(): CuttableDisk {
    return new CuttableDisk(survivorOf(this.#root));
  }

  async create(path: string): Promise<OpenFile> {
    const [directory, name] = this.#parent(path);
    if (directory.entries.has(name)) throw new PathError('EEXIST', path);
    const file = new SimulatedFile();
    directory.entries.set(name, file);
    return handleOf(file);
  }

  async open(path: string): Promise<OpenFile> {
    const [directory, name] = this.#parent(path);
    const file = directory.entries.get(name);
    if (!(file instanceof SimulatedFile)) throw new PathError('ENOENT', path);
    return handleOf(file);
  }

  async makeDirectory(path: string): Promise<boolean> {
    const [directory, name] = this.#parent(path);
    if (directory.entries.has(name)) return false;
    directory.entries.set(name, new SimulatedDirectory());
    return true;
  }

  async removeDirectory(path: string): Promise<void> {
    if (this.#directory(path).entries.size > 0) throw new PathError('ENOTEMPTY', path);
    const [directory, name] = this.#parent(path);
    directory.entries.delete(name);
  }

  async syncDirectory(path: string): Promise<void> {
    const directory = this.#directory(path);
    // Other work goes on while the disk turns; what comes in now is not part of it.
    const entries = new Map(directory.entries);
    await new Promise((resolve) => setImmediate(resolve));
    directory.durable = entries;
  }

  async list(path: string): Promise<string[]> {
    try {
      return [...this.#directory(path).entries.keys()];
    } catch {
      return [];
    }
  }

  async remove(path: string): Promise<void> {
    const [directory, name] = this.#parent(path);
    directory.entries.delete(name);
  }

  #parent(path: string): [SimulatedDirectory, string] {
    const at = path.lastIndexOf('/');
    return [this.#directory(path.slice(0, at)), path.slice(at + 1)];
  }

  #directory(path: string): SimulatedDirectory {
    let at = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const next = at.entries.get(name);
      if (!(next instanceof SimulatedDirectory)) throw new PathError('ENOENT', path);
      at = next;
    }
    return at;
  }
}

function survivorOf(directory: SimulatedDirectory): SimulatedDirectory {
  const survivor = new SimulatedDirectory();
  for (const [name, entry] of directory.durable) {
    if (entry instanceof SimulatedDirectory) {
      survivor.entries.set(name, survivorOf(entry));
    } else {
      const file = new SimulatedFile();
      file.bytes = entry.durable;
      file.durable = entry.durable;
      survivor.entries.set(name, file);
    }
  }
  survivor.durable = new Map(survivor.entries);
  return survivor;
}

function handleOf(file: SimulatedFile): OpenFile {
  const write = async (bytes: Uint8Array, position: number): Promise<number> => {
    const grown = Buffer.alloc(Math.max(file.bytes.length, position + bytes.length));
    file.bytes.copy(grown);
    grown.set(bytes, position);
    file.bytes = grown;
    return bytes.length;
  };
  return {
    write,
    read: async (buffer, position) => file.bytes.copy(buffer, 0, position),
    // What passes by the kernel's cache is still in the disk's own.
    writePages: write,
    fdatasync: async () => {
      file.durable = Buffer.from(file.bytes);
    },
    size: async () => file.bytes.length,
    close: async () => undefined,
  };
}
