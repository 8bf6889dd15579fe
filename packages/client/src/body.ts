// Bodies on their way: what a caller may give, and how it becomes bytes that can be counted, summed and
// sent again.
import { type Body, Crc64 } from '@osskeep/protocol';

export type UploadBody =
  | Uint8Array
  | string
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

export interface PreparedBody {
  /** What fetch is given; a stream only where bytes are not at hand. */
  readonly send: Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Bytes, where they are known. */
  readonly length: number | undefined;
  /** Sum of what was sent; call it after the answer. */
  crc64(): bigint | undefined;
  /** False once a stream gave its first byte: it cannot be sent again. */
  isRepeatable(): boolean;
}

export async function prepareBody(body: Body | Blob | undefined): Promise<PreparedBody> {
  if (body === undefined) {
    return { send: undefined, length: 0, crc64: () => undefined, isRepeatable: () => true };
  }
  const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
  if (bytes instanceof Uint8Array) {
    return {
      send: bytes,
      length: bytes.length,
      crc64: () => new Crc64().update(bytes).digest(),
      isRepeatable: () => true,
    };
  }
  return prepareStream(bytes);
}

function prepareStream(source: AsyncIterable<Uint8Array>): PreparedBody {
  const crc = new Crc64();
  let isTouched = false;
  const iterator = source[Symbol.asyncIterator]();
  const send = new ReadableStream<Uint8Array>({
    async pull(controller) {
      isTouched = true;
      const { done, value } = await iterator.next();
      if (done === true) {
        controller.close();
        return;
      }
      crc.update(value);
      controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return { send, length: undefined, crc64: () => crc.digest(), isRepeatable: () => !isTouched };
}

export function toBody(body: UploadBody): Body | Blob {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array || body instanceof Blob) return body;
  if (body instanceof ReadableStream) return streamChunks(body);
  return body;
}

/** Not every runtime iterates its own streams. */
export async function* streamChunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Ends the transfer when the consumer stops early; after the end it does nothing.
    await reader.cancel().catch(() => undefined);
  }
}
