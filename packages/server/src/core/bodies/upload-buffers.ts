// The memory of large uploads: buffers that two threads see, a fixed set to each upload, a bounded number
// of sets. Who finds none left does without.
import { allocatePages } from '../../engines/embedded/disk/page-memory.ts';

/** Worth a message to a thread and a system call of its own. */
export const uploadBufferBytes: number = 512 * 1024;
const buffersOfUpload = 4;
const uploadBytes = buffersOfUpload * uploadBufferBytes;

export type UploadBuffers = readonly Buffer[];

export class UploadBufferPool {
  readonly #uploadsMax: number;
  readonly #free: UploadBuffers[] = [];
  /** Of all sets: each piece of page memory keeps gigabytes of addresses to itself. Untouched, it takes nothing. */
  #memory: ArrayBufferLike | undefined;
  #made = 0;

  /** `uploadsMax` sets of 2 MiB. */
  constructor(uploadsMax: number) {
    this.#uploadsMax = uploadsMax;
  }

  /** undefined when all are lent. */
  lend(): UploadBuffers | undefined {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made === this.#uploadsMax) return undefined;
    this.#memory ??= allocatePages(this.#uploadsMax * uploadBytes);
    const from = this.#made * uploadBytes;
    this.#made += 1;
    return Array.from({ length: buffersOfUpload }, (_, at) =>
      Buffer.from(
        this.#memory as ArrayBufferLike,
        from + at * uploadBufferBytes,
        uploadBufferBytes,
      ),
    );
  }

  /** Nothing reads or writes them any more. */
  giveBack(buffers: UploadBuffers): void {
    this.#free.push(buffers);
  }
}
