// A body that comes in chunks, as an async iterable with back-pressure. Node's own iterator destroys the
// socket when reading stops early or fails, and the refusal could then not be sent; this one leaves the socket
// to whoever answers.
import { type OssError, ossError } from '@osskeep/protocol';
import type { Eventually } from '../../core/ports/eventually.ts';
import type { RequestBody } from './wire.ts';

/** Bytes that may wait for the consumer before the source is paused. */
const queuedBytesMax = 256 * 1024;
/** Freeing a smaller chunk by hand gains nothing. */
const releasedBytesMin = 16 * 1024;
const discardMs = 2_000;

/** Where the chunks come from. */
export interface BodySource {
  /** All of it has arrived, also where nobody listens. */
  readonly hasArrived: boolean;
  /** Nothing of it will come any more. */
  readonly isOver: boolean;
  /** Called once: from now on it tells the body of chunks and of the end. */
  listen(): void;
  /** Called once, before the first chunk is waited for: a client may wait to be told that it should send. */
  askFor(): void;
  pause(): void;
  resume(): void;
}

export class QueuedBody implements RequestBody {
  readonly #source: BodySource;
  readonly #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #receivedBytes = 0;
  #isPaused = false;
  #listens = false;
  /** Somebody iterates, or did. */
  #isRead = false;
  #hasEnded = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #discarded: (() => void) | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  get receivedBytes(): number {
    return this.#isRead ? this.#receivedBytes : 0;
  }

  get isWaiting(): boolean {
    return this.#wake !== undefined;
  }

  get hasArrived(): boolean {
    return this.#hasEnded || this.#source.hasArrived;
  }

  /** From the source. */
  push(chunk: Uint8Array): void {
    if (this.#failure !== undefined || this.#hasEnded) return;
    this.#receivedBytes += chunk.length;
    this.#queuedBytes += chunk.length;
    this.#queue.push(chunk);
    if (this.#queuedBytes >= queuedBytesMax) this.#pause();
    this.#wakeUp();
  }

  /** From the source: the last chunk was pushed. What follows it is no business of ours. */
  end(): void {
    this.#hasEnded = true;
    this.#resume();
    this.#wakeUp();
    this.#discarded?.();
  }

  /** From the source: nothing comes any more. */
  broken(): void {
    // An error costs more than to ask: most bodies have ended.
    if (!this.#hasEnded && this.#failure === undefined) this.fail(incompleteBody());
    this.#discarded?.();
  }

  fail(error: Error): void {
    if (this.#hasEnded || this.#failure !== undefined) return;
    this.#failure = error;
    this.#queue.length = 0;
    this.#wakeUp();
  }

  release(chunk: Uint8Array): void {
    const { buffer } = chunk;
    // A part of a larger buffer is not alone in it.
    if (chunk.length < releasedBytesMin || chunk.length !== buffer.byteLength) return;
    if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }

  atHand(): Uint8Array | undefined {
    if (this.#isRead || !this.#hasEnded || this.#queue.length !== 1) return undefined;
    this.#isRead = true;
    return this.#queue.pop();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#isRead = true;
    if (this.#failure === undefined) this.#listen();
    if (this.#failure === undefined && !this.#hasEnded) this.#source.askFor();
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const chunk = this.#queue.shift();
      if (chunk !== undefined) {
        this.#queuedBytes -= chunk.length;
        if (this.#queuedBytes < queuedBytesMax / 2) this.#resume();
        yield chunk;
      } else if (this.#hasEnded) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  discard(): Eventually<void> {
    if (this.hasArrived || this.#source.isOver) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#discarded?.(), discardMs);
      this.#discarded = () => {
        clearTimeout(timer);
        this.#discarded = undefined;
        resolve();
      };
      this.#listen();
      this.#isPaused = false;
      this.#source.resume();
    });
  }

  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    this.#source.listen();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#source.pause();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#source.resume();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

/** The connection ended before the announced bytes came. */
export function incompleteBody(): OssError {
  return ossError('IncompleteBody', {}, { closeConnection: true });
}
