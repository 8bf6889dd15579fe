// MD5, CRC-64 and the count of a body in one pass, in slices, so that no chunk, however large,
// keeps the event loop from other requests (durability reference §4).
import { createHash, hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Crc64 } from '@osskeep/protocol';

export interface Digest {
  readonly md5: Buffer;
  readonly crc64: bigint;
}

/** About 0.3 ms of hashing. */
export const sliceBytes = 256 * 1024;
const slicesBetweenPauses = 4;

export class BodyDigest {
  readonly #md5 = createHash('md5');
  readonly #crc64 = new Crc64();
  #slices = 0;

  /** At most `sliceBytes`. */
  async update(slice: Uint8Array): Promise<void> {
    this.#md5.update(slice);
    this.#crc64.update(slice);
    this.#slices += 1;
    if (this.#slices % slicesBetweenPauses === 0) await setImmediate();
  }

  digest(): Digest {
    return { md5: this.#md5.digest(), crc64: this.#crc64.digest() };
  }
}

/** For bodies of one slice: cheaper than a streaming hash. */
export function digestOf(bytes: Uint8Array): Digest {
  const crc64 = new Crc64();
  crc64.update(bytes);
  return { md5: hash('md5', bytes, 'buffer'), crc64: crc64.digest() };
}
