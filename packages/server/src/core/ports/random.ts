// Randomness as the core sees it, so that tests can repeat a run.
import { randomFillSync } from 'node:crypto';

export interface Random {
  /** Fresh unpredictable bytes. */
  bytes(length: number): Buffer;
}

/** One call of the system serves many ids. */
const poolBytes = 4096;
const pooledMax = 64;

let pool = Buffer.alloc(0);
let taken = 0;

export const systemRandom: Random = {
  bytes: (length) => {
    if (length > pooledMax) return randomFillSync(Buffer.allocUnsafeSlow(length));
    if (taken + length > pool.length) {
      pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes));
      taken = 0;
    }
    const drawn = pool.subarray(taken, taken + length);
    taken += length;
    const bytes = Buffer.from(drawn);
    // Some of it becomes a secret: no second copy of it stays.
    drawn.fill(0);
    return bytes;
  },
};
