// Randomness for tests that need no repetition: the server's own.
import type { Random } from '../../src/core/ports/random.ts';
import { SystemRandom } from '../../src/platform/system-random.ts';

export const systemRandom: Random = new SystemRandom();
