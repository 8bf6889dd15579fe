// A downloaded body: read it as a stream, or whole. Length and CRC-64 are checked while it passes, and a
// body that ends early or differs is an error, never a short success.
import { Crc64 } from '@osskeep/protocol';
import { ClientError, IntegrityError, TransportError } from '../errors/errors.ts';
import type { Deadline } from '../time/deadline.ts';
import { joinChunks } from './bounded-bytes.ts';

interface Expected {
  readonly length: number | undefined;
  /** Of the whole body; undefined for ranges. */
  readonly crc64: bigint | undefined;
}

/**
 * Read it once: by `for await`, `stream()`, `bytes()` or `text()`; or `cancel()` it, which frees the
 * connection. The checks come with the last byte: whoever acts on chunks before the end acts on
 * unchecked ones.
 */
export class DownloadBody implements AsyncIterable<Uint8Array> {
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #isTaken = false;
  #received = 0;
  readonly #crc: Crc64 | undefined;
  readonly #expected: Expected;
  readonly #deadline: Deadline;

  constructor(stream: ReadableStream<Uint8Array> | null, expected: Expected, deadline: Deadline) {
    this.#reader = stream?.getReader();
    this.#expected = expected;
    this.#deadline = deadline;
    this.#crc = expected.crc64 === undefined ? undefined : new Crc64();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#take();
    try {
      for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) {
        yield chunk;
      }
    } finally {
      await this.cancel();
    }
  }

  stream(): ReadableStream<Uint8Array> {
    this.#take();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const chunk = await this.#next();
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        },
        cancel: () => this.cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    return joinChunks(chunks, this.#received);
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** Wants no more of it. After the end it does nothing. */
  async cancel(): Promise<void> {
    this.#isTaken = true;
    const reader = this.#reader;
    this.#reader = undefined;
    this.#deadline.pause();
    await reader?.cancel().catch(() => undefined);
  }

  #take(): void {
    if (this.#isTaken) throw new ClientError('body', 'This body has been read; it is read once.');
    this.#isTaken = true;
  }

  async #next(): Promise<Uint8Array | undefined> {
    const reader = this.#reader;
    if (reader === undefined) {
      this.#check();
      return undefined;
    }
    let read: ReadableStreamReadResult<Uint8Array>;
    this.#deadline.wait();
    try {
      read = await reader.read();
    } catch (cause) {
      this.#reader = undefined;
      throw this.#broken(cause);
    } finally {
      this.#deadline.pause();
    }
    if (read.done) {
      this.#reader = undefined;
      this.#check();
      return undefined;
    }
    const { length } = this.#expected;
    this.#received += read.value.length;
    this.#crc?.update(read.value);
    if (length !== undefined && this.#received > length) {
      await this.cancel();
      throw new IntegrityError(`The download has more than the ${length} bytes announced.`);
    }
    return read.value;
  }

  /** The caller's abort and our time-out arrive as themselves. */
  #broken(cause: unknown): unknown {
    const { signal } = this.#deadline;
    if (signal.aborted) return signal.reason;
    return new TransportError(`The download broke off after ${this.#received} bytes.`, { cause });
  }

  #check(): void {
    const { length, crc64 } = this.#expected;
    if (length !== undefined && this.#received !== length) {
      throw new IntegrityError(
        `The download has ${this.#received} bytes, ${length} were announced.`,
      );
    }
    if (this.#crc !== undefined && this.#crc.digest() !== crc64) {
      throw new IntegrityError('The CRC-64 of the download is not the one the service sent.');
    }
  }
}
