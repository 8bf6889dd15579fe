// The memory of large uploads: buffers that two threads see, a fixed set to each upload, a bounded number
// of sets. Who finds none left does without.
import { allocatePages } from '../ports/page-memory.ts';

/** Worth a message to a thread and a system call of its own. */
export const uploadBufferBytes: number = 512 * 1024;
const buffersOfUpload = 4;

export type UploadBuffers = readonly Buffer[];

export class UploadBufferPool {
  readonly #free: UploadBuffers[] = [];
  #left: number;

  /** `uploadsMax` sets of 2 MiB. */
  constructor(uploadsMax: number) {
    this.#left = uploadsMax;
  }

  /** undefined when all are lent. */
  lend(): UploadBuffers | undefined {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    const memory = allocatePages(buffersOfUpload * uploadBufferBytes);
    return Array.from({ length: buffersOfUpload }, (_, at) =>
      Buffer.from(memory, at * uploadBufferBytes, uploadBufferBytes),
    );
  }

  /** Nothing reads or writes them any more. */
  giveBack(buffers: UploadBuffers): void {
    this.#free.push(buffers);
  }
}
