// Answers that are whole are written together, after the requests of a turn have all run: the other side is
// awake then from the first to the last. Between two writes with a request's work between them it falls
// asleep, and waking it costs as much as the work.
import type { Socket } from 'node:net';

interface Write {
  readonly socket: Socket;
  readonly bytes: Buffer;
}

/** More than a turn's answers take, mostly. */
const slabBytes = 512 * 1024;

export class WriteBatch {
  #writes: Write[] = [];
  /** The answers of a turn stand in it one behind the other. */
  #slab: Buffer | undefined;
  #at = 0;
  readonly #flush = (): void => {
    const writes = this.#writes;
    this.#writes = [];
    let isTaken = true;
    for (const { socket, bytes } of writes) {
      socket.write(bytes);
      isTaken &&= socket.writableLength === 0;
    }
    // What the system took is copied; what it did not take still stands in the slab.
    if (isTaken) this.#at = 0;
    else this.#slab = undefined;
  };

  /**
   * Written before the turn is over. At most one for each socket: nothing else may be written to it until
   * then. `head` in Latin-1, and what follows it.
   */
  add(socket: Socket, head: string, ...rest: readonly Uint8Array[]): void {
    this.#writes.push({ socket, bytes: this.#joined(head, rest) });
    // Runs when the microtasks are done, hence when the requests have run.
    if (this.#writes.length === 1) process.nextTick(this.#flush);
  }

  #joined(head: string, rest: readonly Uint8Array[]): Buffer {
    let { length } = head;
    for (const bytes of rest) length += bytes.length;
    if (length > slabBytes) throw new RangeError(`an answer of ${length} bytes is no small one`);
    let slab = this.#slab;
    if (slab === undefined || this.#at + length > slabBytes) {
      slab = Buffer.allocUnsafeSlow(slabBytes);
      this.#slab = slab;
      this.#at = 0;
    }
    const from = this.#at;
    this.#at = from + slab.write(head, from, 'latin1');
    for (const bytes of rest) {
      slab.set(bytes, this.#at);
      this.#at += bytes.length;
    }
    return slab.subarray(from, this.#at);
  }
}
