// A body that came in one piece with its head, or none at all.
import type { RequestBody } from './wire.ts';

const nothing = new Uint8Array(0);

export class WholeBody implements RequestBody {
  readonly hasArrived = true;
  readonly isWaiting = false;
  readonly #bytes: Uint8Array;
  #isTaken = false;
  #failure: Error | undefined;

  constructor(bytes: Uint8Array = nothing) {
    this.#bytes = bytes;
  }

  get receivedBytes(): number {
    return this.#isTaken ? this.#bytes.length : 0;
  }

  atHand(): Uint8Array | undefined {
    if (this.#isTaken || this.#failure !== undefined) return undefined;
    this.#isTaken = true;
    return this.#bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    const bytes = this.atHand();
    if (bytes !== undefined && bytes.length > 0) yield bytes;
  }

  fail(error: Error): void {
    if (!this.#isTaken) this.#failure ??= error;
  }

  /** It is a part of what the socket gave. */
  release(): void {}

  discard(): void {}
}
