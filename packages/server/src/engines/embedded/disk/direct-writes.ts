// Writes past the kernel's cache: whole pages go to the disk as they lie in memory. The kernel need not find
// pages of its own for a large upload, copy it there, and flush them all later; a stream of uploads is twice
// as fast so (docs/performance.md). It is the same file under a second handle, and a sync of the first makes
// its data durable too.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

type Handle = Pick<FileHandle, 'write' | 'close'>;

/** Linux has it; elsewhere it is undefined. */
const directFlag: number | undefined = constants.O_DIRECT;

export class DirectWrites {
  readonly #openHandle: () => Promise<Handle>;
  #handle: Promise<Handle> | undefined;
  #isPossible = true;

  constructor(openHandle: () => Promise<Handle>) {
    this.#openHandle = openHandle;
  }

  /** Of a file that exists; undefined where there is no such thing. */
  static of(path: string): DirectWrites | undefined {
    if (directFlag === undefined) return undefined;
    const flags = constants.O_WRONLY | constants.O_NOFOLLOW | directFlag;
    return new DirectWrites(() => open(path, flags));
  }

  /** Whole pages, to where one begins. Bytes written; undefined = none, and the usual way is left. */
  async write(bytes: Uint8Array, position: number): Promise<number | undefined> {
    if (!this.#isPossible) return undefined;
    try {
      this.#handle ??= this.#openHandle();
      const handle = await this.#handle;
      return (await handle.write(bytes, 0, bytes.length, position)).bytesWritten;
    } catch (error) {
      // Not every file system can, and some say so only now.
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
      this.#isPossible = false;
      return undefined;
    }
  }

  async close(): Promise<void> {
    const handle = await this.#handle?.catch(() => undefined);
    await handle?.close();
  }
}
