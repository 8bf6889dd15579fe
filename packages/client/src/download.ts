// A downloaded body: read it as a stream, or whole. Length and CRC-64 are checked while it passes, and a
// body that ends early or differs is an error, never a short success.
import { Crc64 } from '@osskeep/protocol';
import { IntegrityError, TransportError } from './errors.ts';
import { streamChunks } from './body.ts';

export interface Expected {
  readonly length: number | undefined;
  /** Of the whole body; undefined for ranges. */
  readonly crc64: bigint | undefined;
}

export class DownloadBody implements AsyncIterable<Uint8Array> {
  readonly #stream: ReadableStream<Uint8Array> | null;
  readonly #expected: Expected;

  constructor(stream: ReadableStream<Uint8Array> | null, expected: Expected) {
    this.#stream = stream;
    this.#expected = expected;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const { length, crc64 } = this.#expected;
    const crc = crc64 === undefined ? undefined : new Crc64();
    let received = 0;
    try {
      if (this.#stream !== null) {
        for await (const chunk of streamChunks(this.#stream)) {
          received += chunk.length;
          crc?.update(chunk);
          yield chunk;
        }
      }
    } catch (cause) {
      throw new TransportError(`The download broke off after ${received} bytes.`, { cause });
    }
    if (length !== undefined && received !== length) {
      throw new IntegrityError(`The download has ${received} bytes, ${length} were announced.`);
    }
    if (crc !== undefined && crc.digest() !== crc64) {
      throw new IntegrityError('The CRC-64 of the download is not the one the service sent.');
    }
  }

  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this) {
      chunks.push(chunk);
      length += chunk.length;
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }
}
