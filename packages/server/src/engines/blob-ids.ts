// The ids that one process gives to its blobs, one after the other.
import {
  type BlobId,
  blobCountersMax,
  blobRandomBytes,
  checkEpoch,
  makeBlobId,
} from '../core/ports/blob-id.ts';
import type { Random } from '../core/ports/random.ts';

export class BlobIds {
  readonly #epoch: Buffer;
  readonly #random: Random;
  #nextCounter = 0;

  constructor(epoch: Buffer, random: Random) {
    this.#epoch = Buffer.from(checkEpoch(epoch));
    this.#random = random;
  }

  next(): BlobId {
    if (this.#nextCounter >= blobCountersMax) {
      throw new RangeError('This process has named 2^32 blobs; restart it to begin a new epoch.');
    }
    const id = makeBlobId(this.#epoch, this.#nextCounter, this.#random.bytes(blobRandomBytes));
    this.#nextCounter += 1;
    return id;
  }
}
