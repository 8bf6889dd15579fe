// The memory that large bodies are written from. The engine owns it, lends it in fixed sets, a bounded number
// of them, and knows it again when it comes to be written: of it, and of nothing else, whole pages may pass by
// the kernel's cache. Who finds no set left does without.
import type { LentBuffers } from '../../../core/ports/blobs.ts';
import { PageMemory } from '../disk/page-memory.ts';

/** Worth a message to a thread and a system call of its own. */
const bufferBytes = 512 * 1024;
const buffersOfSet = 4;
const setBytes = buffersOfSet * bufferBytes;

export class UploadMemory {
  readonly #setsMax: number;
  /** Of all sets: each piece of page memory keeps gigabytes of addresses to itself. Untouched, it takes nothing. */
  #memory: PageMemory | undefined;
  /** Numbers of the sets that were lent and came back. */
  #free: number[] = [];
  #made = 0;
  #isClosed = false;

  /** So many whole sets of 2 MiB as are in `bytes`. */
  constructor(bytes: number) {
    this.#setsMax = Math.floor(bytes / setBytes);
  }

  /** undefined when all are lent, or after `close`. */
  lend(): LentBuffers | undefined {
    const set = this.#take();
    if (set === undefined) return undefined;
    this.#memory ??= PageMemory.allocate(this.#setsMax * setBytes);
    const memory = this.#memory;
    const buffers = Array.from({ length: buffersOfSet }, (_, at) =>
      memory.piece(set * setBytes + at * bufferBytes, bufferBytes),
    );
    let isLent = true;
    const giveBack = (): void => {
      if (isLent) this.#free.push(set);
      isLent = false;
    };
    return { buffers, giveBack };
  }

  /** They lie in it, and begin and end with pages of the machine. */
  hasWholePages(bytes: Uint8Array): boolean {
    return this.#memory?.hasWholePages(bytes) ?? false;
  }

  /** Lets the memory go: it is free as soon as nobody has a set any more. */
  close(): void {
    this.#isClosed = true;
    this.#memory = undefined;
  }

  #take(): number | undefined {
    if (this.#isClosed) return undefined;
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made === this.#setsMax) return undefined;
    this.#made += 1;
    return this.#made - 1;
  }
}
