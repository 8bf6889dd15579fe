// Answers that are whole are written together, after the requests of a turn have all run: the other side is
// awake then from the first to the last. Between two writes with a request's work between them it falls
// asleep, and waking it costs as much as the work.
import type { Socket } from 'node:net';

interface Write {
  readonly socket: Socket;
  readonly bytes: Buffer;
}

export class WriteBatch {
  #writes: Write[] = [];
  readonly #flush = (): void => {
    const writes = this.#writes;
    this.#writes = [];
    for (const { socket, bytes } of writes) socket.write(bytes);
  };

  /** Written before the turn is over. At most one for each socket: nothing else may be written to it until then. */
  add(socket: Socket, bytes: Buffer): void {
    this.#writes.push({ socket, bytes });
    // Runs when the microtasks are done, hence when the requests have run.
    if (this.#writes.length === 1) process.nextTick(this.#flush);
  }
}
