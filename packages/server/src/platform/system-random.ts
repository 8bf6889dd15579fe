// The randomness port on the system's generator. One call of the system serves many ids: what it gave is kept
// in a pool of a few pages, which belongs to whoever made it.
import { randomFillSync } from 'node:crypto';
import type { Random } from '../core/ports/random.ts';

const poolBytes = 4096;
/** More is asked of the system each time. */
const pooledMax = 64;

export class SystemRandom implements Random {
  #pool = Buffer.alloc(0);
  #taken = 0;

  bytes(length: number): Buffer {
    if (length > pooledMax) return randomFillSync(Buffer.allocUnsafeSlow(length));
    if (this.#taken + length > this.#pool.length) {
      this.#pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes));
      this.#taken = 0;
    }
    const drawn = this.#pool.subarray(this.#taken, this.#taken + length);
    this.#taken += length;
    const bytes = Buffer.from(drawn);
    // Some of it becomes a secret: no second copy of it stays.
    drawn.fill(0);
    return bytes;
  }
}
