// Request ids: 24 upper-case hex digits on every answer, also in the error document and the log.
// Source: operations reference §3.1 (suites check the length).
import type { Random } from '../../core/ports/random.ts';

const idBytes = 12;
const idsAtOnce = 256;

/** Makes ids from randomness drawn in batches: one draw serves 256 requests. */
export class RequestIds {
  readonly #random: Random;
  #pool: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  next(): string {
    return this.#pool.pop() ?? this.#refill();
  }

  #refill(): string {
    const text = this.#random
      .bytes(idBytes * idsAtOnce)
      .toString('hex')
      .toUpperCase();
    this.#pool = text.match(/.{24}/g) ?? [];
    return this.#pool.pop() as string;
  }
}
