// A request's body as an async iterable. Node's own iterator destroys the socket when reading stops
// early or fails, and the refusal could then not be sent; this one leaves the socket to the pipeline.
import { type OssError, ossError } from '@osskeep/protocol';
import type { HttpRequest } from './wire.ts';

/** Bytes that may wait for the consumer before the socket is paused. */
const queuedBytesMax = 256 * 1024;
/** Freeing a smaller chunk by hand gains nothing. */
const releasedBytesMin = 16 * 1024;

export class RequestBody implements AsyncIterable<Uint8Array> {
  readonly #request: HttpRequest;
  readonly #beforeReading: (() => void) | undefined;
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #receivedBytes = 0;
  #state: 'untouched' | 'reading' | 'ended' | 'failed' = 'untouched';
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** `beforeReading` sends `100 Continue` to a client that waits for it. */
  constructor(request: HttpRequest, beforeReading?: () => void) {
    this.#request = request;
    this.#beforeReading = beforeReading;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** True while a consumer waits for the client's next bytes. */
  get isWaiting(): boolean {
    return this.#wake !== undefined;
  }

  /** True when the consumer took the whole body, or there was none. */
  get isComplete(): boolean {
    return this.#request.complete && this.#queue.length === 0;
  }

  /** Ends the body with an error: what is queued is dropped, the consumer's next read throws. */
  fail(error: Error): void {
    if (this.#state === 'ended' || this.#state === 'failed') return;
    this.#state = 'failed';
    this.#failure = error;
    this.#queue.length = 0;
    this.#wakeUp();
  }

  /**
   * Frees the memory of a chunk that nobody needs any more. Left to the collector, the chunks of a large
   * upload, tens of MiB each time, make it go through the whole heap again and again.
   */
  release(chunk: Uint8Array): void {
    const { buffer } = chunk;
    // A part of a larger buffer is not alone in it.
    if (chunk.length < releasedBytesMin || chunk.length !== buffer.byteLength) return;
    if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }

  /** The whole body, where it came in one piece with the head. */
  atHand(): Uint8Array | undefined {
    const { body } = this.#request;
    if (body === undefined || this.#state !== 'untouched') return undefined;
    this.#state = 'ended';
    this.#receivedBytes = body.length;
    return body;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const whole = this.atHand();
    if (whole !== undefined) {
      yield whole;
      return;
    }
    this.#start();
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const chunk = this.#queue.shift();
      if (chunk !== undefined) {
        this.#queuedBytes -= chunk.length;
        if (this.#request.isPaused() && this.#queuedBytes < queuedBytesMax / 2) {
          this.#request.resume();
        }
        yield chunk;
      } else if (this.#state === 'ended') {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #start(): void {
    if (this.#state !== 'untouched') return;
    this.#state = 'reading';
    const request = this.#request;
    request.on('data', (chunk: Buffer) => {
      if (this.#state !== 'reading') return;
      this.#receivedBytes += chunk.length;
      this.#queuedBytes += chunk.length;
      this.#queue.push(chunk);
      if (this.#queuedBytes >= queuedBytesMax) request.pause();
      this.#wakeUp();
    });
    request.on('end', () => {
      if (this.#state === 'reading') this.#state = 'ended';
      this.#wakeUp();
    });
    const broken = (): void => {
      // Every request closes; an error is made for those that had not ended.
      if (this.#state === 'reading') this.fail(incompleteBody());
    };
    request.on('error', broken);
    request.on('close', broken);
    this.#beforeReading?.();
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
