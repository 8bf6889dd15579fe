// The blob port in memory: for tests that need no disk, and the model of the blob contract.
import { type BlobId, blobEpoch, checkBlobId } from '../../core/ports/blob-id.ts';
import {
  BlobCorruptError,
  BlobMissingError,
  type Blobs,
  type BlobWriter,
  type Extent,
} from '../../core/ports/blobs.ts';
import type { Random } from '../../core/ports/random.ts';
import { BlobIds } from '../blob-ids.ts';
import { checkSpan } from '../check-span.ts';

const pieceBytesMax = 256 * 1024;

export interface MemoryBlobsOptions {
  /** 6 bytes that no other process uses. */
  readonly epoch: Buffer;
  readonly random: Random;
}

export class MemoryBlobs implements Blobs {
  readonly #ids: BlobIds;
  readonly #blobs = new Map<string, Buffer>();
  #isClosed = false;

  constructor({ epoch, random }: MemoryBlobsOptions) {
    this.#ids = new BlobIds(epoch, random);
  }

  async create(): Promise<BlobWriter> {
    this.#checkOpen();
    return new MemoryBlobWriter(this.#ids.next(), this.#blobs);
  }

  /** Nothing is written from memory to memory faster than otherwise. */
  lend(): undefined {
    return undefined;
  }

  async *read(extent: Extent, from: number, to: number): AsyncIterable<Buffer> {
    this.#checkOpen();
    const span = checkSpan(extent, from, to);
    if (span.from === span.to) return;
    const name = checkBlobId(extent.blob).toString('hex');
    const bytes = this.#blobs.get(name);
    if (bytes === undefined) throw new BlobMissingError(`Blob ${name} does not exist.`);
    const end = extent.offset + extent.length;
    if (end > bytes.length) {
      throw new BlobCorruptError(`Blob ${name} has ${bytes.length} bytes, not ${end}.`);
    }
    for (let at = span.from; at < span.to; at += pieceBytesMax) {
      yield Buffer.from(bytes.subarray(at, Math.min(span.to, at + pieceBytesMax)));
    }
  }

  async remove(id: BlobId): Promise<void> {
    this.#checkOpen();
    this.#blobs.delete(checkBlobId(id).toString('hex'));
  }

  async *list(epoch: Buffer): AsyncIterable<BlobId> {
    this.#checkOpen();
    const prefix = epoch.toString('hex');
    for (const name of [...this.#blobs.keys()]) {
      if (name.startsWith(prefix)) yield Buffer.from(name, 'hex');
    }
  }

  async epochs(): Promise<Buffer[]> {
    this.#checkOpen();
    const ids = [...this.#blobs.keys()].map((name) => Buffer.from(name, 'hex'));
    const names = new Set(ids.map((id) => blobEpoch(id).toString('hex')));
    return [...names].map((name) => Buffer.from(name, 'hex'));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The blob engine is closed.');
  }
}

class MemoryBlobWriter implements BlobWriter {
  readonly id: BlobId;
  readonly #blobs: Map<string, Buffer>;
  #chunks: Buffer[] | undefined = [];

  constructor(id: BlobId, blobs: Map<string, Buffer>) {
    this.id = id;
    this.#blobs = blobs;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#open().push(Buffer.from(chunk));
  }

  async commit(): Promise<{ readonly length: number }> {
    const bytes = Buffer.concat(this.#open());
    this.#chunks = undefined;
    this.#blobs.set(this.id.toString('hex'), bytes);
    return { length: bytes.length };
  }

  async abort(): Promise<void> {
    this.#chunks = undefined;
    this.#blobs.delete(this.id.toString('hex'));
  }

  #open(): Buffer[] {
    if (this.#chunks === undefined) throw new Error('The blob is committed or aborted already.');
    return this.#chunks;
  }
}
