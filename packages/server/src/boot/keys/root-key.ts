// The root account's access key: given by whoever starts the server, else kept from an earlier
// start, else made now and shown once. No default secret exists.
import type { Random } from '../../core/ports/random.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length)) {
      // 248 = 4 × 62: a byte above it would favour the first letters.
      if (byte < 248 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

export function makeAccessKey(random: Random): AccessKey {
  return {
    accessKeyId: `OSSK${randomText(random, 20)}`,
    accessKeySecret: randomText(random, 30),
  };
}
