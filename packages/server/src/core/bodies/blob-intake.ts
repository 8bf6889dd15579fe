// How the bytes of a body get into a blob and under its checksums. One after the other on this thread
// for most; large bodies have their MD5 counted and their data written while the next bytes arrive.
import { setImmediate } from 'node:timers/promises';
import { Crc64 } from '@osskeep/protocol';
import type { Blobs, BlobWriter, LentBuffers } from '../ports/blobs.ts';
import type { Digests, Md5Stream } from '../ports/digests.ts';
import { BodyDigest, type Digest } from './body-digest.ts';

export interface BlobIntake {
  /** At most `sliceBytes`, which may be reused once the promise resolves. */
  write(slice: Uint8Array): Promise<void>;
  /** Everything is hashed and given to the disk. */
  finish(): Promise<Digest>;
  /** Gives up; resolves when nothing is under way any more. Harmless after `finish`. */
  stop(): Promise<void>;
}

/** What takes part in it: the engine's memory, and hashing beside this thread. */
export interface IntakePorts {
  readonly blobs: Pick<Blobs, 'lend'>;
  readonly digests: Pick<Digests, 'md5'>;
}

/** Below it a body is over before the threads have met. */
const overlappedBytesMin = 1024 * 1024;

/** `length` as announced; a body without may be of any. Only what both ports can serve overlaps. */
export function blobIntake(
  { blobs, digests }: IntakePorts,
  writer: BlobWriter,
  length: number | undefined,
): BlobIntake {
  const isSmall = length !== undefined && length < overlappedBytesMin;
  const lent = isSmall ? undefined : blobs.lend();
  if (lent === undefined) return new PlainIntake(writer);
  const md5 = digests.md5();
  if (md5 !== undefined) return new OverlappedIntake(writer, md5, lent);
  lent.giveBack();
  return new PlainIntake(writer);
}

class PlainIntake implements BlobIntake {
  readonly #writer: BlobWriter;
  readonly #digest = new BodyDigest();

  constructor(writer: BlobWriter) {
    this.#writer = writer;
  }

  async write(slice: Uint8Array): Promise<void> {
    await this.#digest.update(slice);
    await this.#writer.write(slice);
  }

  async finish(): Promise<Digest> {
    return this.#digest.digest();
  }

  async stop(): Promise<void> {}
}

interface Gathering {
  readonly buffer: Buffer;
  /** What the buffer holds is hashed and written; rejects when it cannot be. */
  done: Promise<unknown>;
}

/** Takes its buffers in turn; that the next is still in use is the back-pressure. */
class OverlappedIntake implements BlobIntake {
  readonly #writer: BlobWriter;
  readonly #md5: Md5Stream;
  readonly #crc64 = new Crc64();
  readonly #gatherings: readonly Gathering[];
  readonly #lent: LentBuffers;
  #at = 0;
  #filled = 0;
  #written: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  /** The buffers are given back when nothing uses them any more. */
  constructor(writer: BlobWriter, md5: Md5Stream, lent: LentBuffers) {
    this.#writer = writer;
    this.#md5 = md5;
    this.#gatherings = lent.buffers.map((buffer) => ({ buffer, done: Promise.resolve() }));
    this.#lent = lent;
  }

  async write(slice: Uint8Array): Promise<void> {
    this.#crc64.update(slice);
    const bytes = Buffer.from(slice.buffer, slice.byteOffset, slice.length);
    for (let from = 0; from < bytes.length; ) {
      const { buffer, done } = this.#gatherings[this.#at] as Gathering;
      if (this.#filled === 0) await done;
      // Into shared memory `set` goes word by word, which takes longer.
      const taken = bytes.copy(buffer, this.#filled, from);
      this.#filled += taken;
      from += taken;
      if (this.#filled < buffer.length) continue;
      this.#send();
      // A body that is never waited for would keep the event loop to itself.
      await setImmediate();
    }
  }

  async finish(): Promise<Digest> {
    if (this.#filled > 0) this.#send();
    await Promise.all(this.#gatherings.map(({ done }) => done));
    const md5 = await this.#md5.digest();
    this.#stopped = Promise.resolve();
    this.#lent.giveBack();
    return { md5, crc64: this.#crc64.digest() };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    // Both go in order: when their last is over, all are, whatever failed.
    await Promise.allSettled([this.#written, this.#md5.drop()]);
    this.#lent.giveBack();
  }

  /** Hashes and writes what the buffer holds; the next slice goes into the next. */
  #send(): void {
    const gathering = this.#gatherings[this.#at] as Gathering;
    const bytes = gathering.buffer.subarray(0, this.#filled);
    this.#written = this.#written.then(() => this.#writer.write(bytes));
    gathering.done = Promise.all([this.#md5.update(bytes), this.#written]);
    // Whoever wants the buffer next is told, or `finish`.
    gathering.done.catch(() => undefined);
    this.#at = (this.#at + 1) % this.#gatherings.length;
    this.#filled = 0;
  }
}
