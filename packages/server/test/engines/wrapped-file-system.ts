// File systems that misbehave on purpose: every call of a real one goes through a function that may
// let it pass, fail it or pretend it.
import type { FileSystem, OpenFile } from '../../src/engines/embedded/disk/file-system.ts';

export type Operation = keyof FileSystem | keyof OpenFile;

/** Decides what becomes of a call; `run` does it. */
export type Around = <Result>(operation: Operation, run: () => Promise<Result>) => Promise<Result>;

export function wrapFileSystem(inner: FileSystem, around: Around): FileSystem {
  const wrapFile = (file: OpenFile): OpenFile => ({
    write: (bytes, position) => around('write', () => file.write(bytes, position)),
    read: (buffer, position) => around('read', () => file.read(buffer, position)),
    writePages: (bytes, position) => around('writePages', () => file.writePages(bytes, position)),
    fdatasync: () => around('fdatasync', () => file.fdatasync()),
    size: () => around('size', () => file.size()),
    close: () => around('close', () => file.close()),
  });
  return {
    create: async (path) => wrapFile(await around('create', () => inner.create(path))),
    open: async (path) => wrapFile(await around('open', () => inner.open(path))),
    makeDirectory: (path) => around('makeDirectory', () => inner.makeDirectory(path)),
    removeDirectory: (path) => around('removeDirectory', () => inner.removeDirectory(path)),
    syncDirectory: (path) => around('syncDirectory', () => inner.syncDirectory(path)),
    list: (path) => around('list', () => inner.list(path)),
    remove: (path) => around('remove', () => inner.remove(path)),
  };
}

/** The file with some calls replaced. */
export function fileWith(
  file: OpenFile,
  replaced: (file: OpenFile) => Partial<OpenFile>,
): OpenFile {
  return {
    write: (bytes, position) => file.write(bytes, position),
    read: (buffer, position) => file.read(buffer, position),
    writePages: (bytes, position) => file.writePages(bytes, position),
    fdatasync: () => file.fdatasync(),
    size: () => file.size(),
    close: () => file.close(),
    ...replaced(file),
  };
}

export class DiskError extends Error {
  readonly code: string;

  constructor(code: string, operation: Operation) {
    super(`${code}: injected, ${operation}`);
    this.code = code;
  }
}

/** Fails the n-th call (from 0) after `arm`; a file is closed all the same, as the kernel does. */
export class NthCallFails {
  calls = 0;
  /** What was failed; empty when the run needed fewer calls. */
  readonly hit: Operation[] = [];
  readonly #code: string;
  #failsAt: readonly number[] = [];

  constructor(code: string) {
    this.#code = code;
  }

  arm(...failsAt: readonly number[]): void {
    this.calls = 0;
    this.hit.length = 0;
    this.#failsAt = failsAt;
  }

  readonly around: Around = async (operation, run) => {
    const isHit = this.#failsAt.includes(this.calls);
    this.calls += 1;
    if (!isHit) return run();
    this.hit.push(operation);
    if (operation === 'close') await run();
    throw new DiskError(this.#code, operation);
  };
}
