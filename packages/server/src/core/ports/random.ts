// Randomness as the core sees it, so that tests can repeat a run.
import { randomFillSync } from 'node:crypto';

export interface Random {
  /** Fresh unpredictable bytes. */
  bytes(length: number): Buffer;
}

export const systemRandom: Random = {
  bytes: (length) => randomFillSync(Buffer.allocUnsafeSlow(length)),
};
