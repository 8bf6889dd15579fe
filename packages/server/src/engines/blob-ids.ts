// Ids of new blobs: node epoch 6, counter 4, random 6 bytes (metadata model §2). The epoch says whose
// a file is, the counter groups files into directories, the random part makes ids unguessable.
import type { BlobId } from '../core/ports/blobs.ts';
import type { Random } from '../core/ports/random.ts';

export const epochBytes = 6;
export const blobIdBytes = 16;
const counterBytes = 4;
const countersMax = 2 ** 32;

export class BlobIds {
  readonly #epoch: Buffer;
  readonly #random: Random;
  #nextCounter = 0;

  constructor(epoch: Buffer, random: Random) {
    if (epoch.length !== epochBytes) throw new RangeError(`an epoch has ${epochBytes} bytes`);
    this.#epoch = Buffer.from(epoch);
    this.#random = random;
  }

  get nextCounter(): number {
    return this.#nextCounter;
  }

  next(): BlobId {
    if (this.#nextCounter >= countersMax) {
      throw new RangeError('This process has named 2^32 blobs; restart it to begin a new epoch.');
    }
    const id = Buffer.allocUnsafeSlow(blobIdBytes);
    this.#epoch.copy(id);
    id.writeUInt32BE(this.#nextCounter, epochBytes);
    this.#random.bytes(blobIdBytes - epochBytes - counterBytes).copy(id, epochBytes + counterBytes);
    this.#nextCounter += 1;
    return id;
  }
}

export function blobCounter(id: BlobId): number {
  return id.readUInt32BE(epochBytes);
}

export function checkBlobId(id: BlobId): BlobId {
  if (id.length !== blobIdBytes) throw new RangeError(`a blob id has ${blobIdBytes} bytes`);
  return id;
}
