// Bodies on their way up: what a caller may give, and how it becomes bytes that are counted, summed and,
// where possible, sent again.
import { Crc64 } from '@osskeep/protocol';
import { ClientError } from '../errors/errors.ts';
import type { Deadline } from '../time/deadline.ts';

export type StreamBody = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * A stream is sent once: when an attempt fails after its first byte was taken, the call fails. A function
 * that opens the stream anew makes it repeatable.
 */
export type UploadBody = Uint8Array | ArrayBuffer | string | Blob | StreamBody | (() => StreamBody);

/** The body of one attempt. */
export interface OpenBody {
  readonly send: Uint8Array | Blob | ReadableStream<Uint8Array> | undefined;
  /** Sum of what was sent; ask after the answer. */
  crc64(): Promise<bigint>;
  /** Why the caller's own stream failed, if it did: that is no failure of the transport. */
  failure(): { readonly error: unknown } | undefined;
  /** The attempt is over. Lets the source go: not every fetch does when the answer comes early. */
  release(): void;
}

export interface PreparedBody {
  /** Bytes, where they are known before they are sent. */
  readonly length: number | undefined;
  readonly isStream: boolean;
  /** A Blob's own media type. */
  readonly contentType: string | undefined;
  /** False once a stream gave its first byte: it cannot be sent again. */
  isRepeatable(): boolean;
  open(deadline: Deadline): OpenBody;
}

/** `length` is what the caller says of a stream; a stream of another length is refused while it runs. */
export function prepareBody(body: UploadBody | undefined, length?: number): PreparedBody {
  if (typeof body === 'function') return prepareStream(body, true, length);
  if (body === undefined || typeof body === 'string' || body instanceof ArrayBuffer) {
    return prepareBytes(toBytes(body), body === undefined, length);
  }
  if (body instanceof Uint8Array) return prepareBytes(body, false, length);
  if (body instanceof Blob) return prepareBlob(body, length);
  if (body instanceof ReadableStream || Symbol.asyncIterator in Object(body)) {
    return prepareStream(() => body, false, length);
  }
  throw new ClientError('body', 'The body must be bytes, text, a Blob, a stream or an iterable.');
}

function toBytes(body: string | ArrayBuffer | undefined): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
}

function prepareBytes(bytes: Uint8Array, isNone: boolean, length?: number): PreparedBody {
  checkLength(bytes.length, length);
  return {
    length: bytes.length,
    isStream: false,
    contentType: undefined,
    isRepeatable: () => true,
    open: () => ({
      send: isNone ? undefined : bytes,
      crc64: async () => new Crc64().update(bytes).digest(),
      failure: () => undefined,
      release: () => undefined,
    }),
  };
}

function prepareBlob(blob: Blob, length?: number): PreparedBody {
  checkLength(blob.size, length);
  return {
    length: blob.size,
    isStream: false,
    contentType: blob.type === '' ? undefined : blob.type,
    isRepeatable: () => true,
    open: () => ({
      send: blob,
      crc64: async () => {
        const crc = new Crc64();
        for await (const chunk of streamChunks(blob.stream())) crc.update(chunk);
        return crc.digest();
      },
      failure: () => undefined,
      release: () => undefined,
    }),
  };
}

function checkLength(actual: number, said: number | undefined): void {
  if (said !== undefined && said !== actual) {
    throw new ClientError('body', `The body has ${actual} bytes, contentLength says ${said}.`);
  }
}

function prepareStream(
  source: () => StreamBody,
  canReopen: boolean,
  length: number | undefined,
): PreparedBody {
  let isTouched = false;
  const touch = (): void => {
    isTouched = true;
  };
  return {
    length,
    isStream: true,
    contentType: undefined,
    isRepeatable: () => canReopen || !isTouched,
    open: (deadline) => openStream(source, length, deadline, touch),
  };
}

function openStream(
  source: () => StreamBody,
  length: number | undefined,
  deadline: Deadline,
  touch: () => void,
): OpenBody {
  const crc = new Crc64();
  let sent = 0;
  let failed: { readonly error: unknown } | undefined;
  let iterator: AsyncIterator<Uint8Array> | undefined;

  async function next(): Promise<Uint8Array | undefined> {
    touch();
    iterator ??= chunksOf(source());
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) {
        if (length === undefined || sent === length) return undefined;
        throw new ClientError('body', `The body has ${sent} bytes, contentLength says ${length}.`);
      }
      if (!(value instanceof Uint8Array)) {
        throw new ClientError('body', 'The chunks of a body must be Uint8Array.');
      }
      sent += value.length;
      if (length !== undefined && sent > length) {
        throw new ClientError('body', `The body has more bytes than contentLength: ${length}.`);
      }
      if (value.length > 0) return value;
    }
  }

  // Nobody waits for it: a generator ends only when what it awaits has come.
  const release = (): void => {
    void (async () => iterator?.return?.())().catch(() => undefined);
  };

  // Nothing is read ahead: until fetch asks, the source is untouched and the attempt repeatable.
  const send = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        deadline.pause();
        try {
          const chunk = await next();
          if (chunk === undefined) controller.close();
          else {
            crc.update(chunk);
            controller.enqueue(chunk);
          }
        } catch (error) {
          failed = { error };
          controller.error(error);
          release();
        }
        deadline.wait();
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  );
  return { send, crc64: async () => crc.digest(), failure: () => failed, release };
}

function chunksOf(body: StreamBody): AsyncIterator<Uint8Array> {
  return body instanceof ReadableStream ? streamChunks(body) : body[Symbol.asyncIterator]();
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
