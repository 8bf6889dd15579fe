// One end of the commit socket: frames of one round of the event loop leave in one write, because each
// write wakes the other process.
import type { Socket } from 'node:net';
import { FrameSplitter } from './frame-splitter.ts';

export interface FramedEvents {
  /** Without its length. Throwing ends the connection. */
  readonly onFrame: (frame: Buffer) => void;
  /** Once; nothing comes after it. */
  readonly onEnd: (why: Error | undefined) => void;
}

export class FramedSocket {
  readonly #socket: Socket;
  #isCorked = false;

  constructor(socket: Socket, { onFrame, onEnd }: FramedEvents) {
    this.#socket = socket;
    const splitter = new FrameSplitter(onFrame);
    let why: Error | undefined;
    socket.on('data', (bytes: Buffer) => {
      try {
        splitter.push(bytes);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', (error) => {
      why = error;
    });
    // The other side never only half ends.
    socket.on('end', () => socket.destroy());
    socket.on('close', () => onEnd(why));
  }

  send(frame: Buffer): void {
    if (this.#socket.destroyed) return;
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#isCorked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(frame);
  }

  /** What was sent still leaves. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }
}
