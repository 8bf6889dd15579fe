// The seam between connections and the pipeline: what a request is, where its body comes from, and how it is
// answered. Two ways implement it: node/ on the objects of Node's HTTP server, plain/ on the bare socket.
import type { OssError } from '@osskeep/protocol';
import type { Eventually } from '../../core/ports/eventually.ts';
import type { EncodedHeaders } from './encoded-headers.ts';
import type { HeaderFields } from './header-fields.ts';
import type { HeaderList } from './header-list.ts';

/** The other end of a connection. */
export interface Remote {
  /** IP address; undefined once the connection is gone. */
  readonly address: string | undefined;
  readonly isTls: boolean;
}

export interface HttpRequest {
  /** As sent; empty where it could not be read. */
  readonly method: string;
  /** The request target as sent. */
  readonly url: string;
  readonly fields: HeaderFields;
  readonly remote: Remote;
  readonly body: RequestBody;
}

/** Chunks in the order of the wire. The client is read no further than the consumer, and what a queue holds. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** Bytes that came for a consumer. */
  readonly receivedBytes: number;
  /** A consumer waits for the client's next bytes. */
  readonly isWaiting: boolean;
  /** All of it has arrived, whether or not anybody took it. */
  readonly hasArrived: boolean;
  /** All of it, where it is one piece that has arrived and nobody iterates; it counts as taken then. */
  atHand(): Uint8Array | undefined;
  /**
   * Frees the memory of a chunk that nobody needs any more. Left to the collector, the chunks of a large
   * upload, tens of MiB each time, make it go through the whole heap again and again.
   */
  release(chunk: Uint8Array): void;
  /** Ends it with an error: what is queued is dropped, the consumer's next read throws. */
  fail(error: Error): void;
  /**
   * Throws away what a failed body still brings, for two seconds at most: closing a socket with unread bytes
   * resets the connection, and the reset can overtake the answer that the client should hear.
   */
  discard(): Eventually<void>;
}

export interface AnswerHead {
  readonly status: number;
  /** Texts in Latin-1. `Connection: close` among them ends the connection behind the answer. */
  readonly headers: HeaderList;
  /** Behind these, encoded before; empty where there are none. */
  readonly known: EncodedHeaders;
}

export interface HttpAnswer {
  /** The head has gone, or goes with what follows it. */
  readonly isBegun: boolean;
  /** The connection is gone. */
  readonly isGone: boolean;
  /** The answer is out as far as it depends on us. */
  readonly isDone: boolean;
  /** The client does not take what was written. */
  readonly isFull: boolean;
  /** Head and whole body; an empty one where there is none. Throws TypeError for what no header can carry. */
  send(head: AnswerHead, body: Uint8Array): void;
  /** The head of a body that follows in chunks. Throws as `send` does. */
  begin(head: AnswerHead): void;
  /** At hand when the next chunk may follow: the client took this one, or is gone. */
  write(chunk: Uint8Array): Eventually<void>;
  /** Behind the last chunk. */
  end(): void;
  /** Breaks the connection: what was begun must never look whole. */
  destroy(): void;
}

/** Whoever answers requests. Each call sees its request to the end, and never throws. */
export interface RequestServer {
  serve(request: HttpRequest, answer: HttpAnswer): void;
  /** For a request that could not be read. */
  refuse(request: HttpRequest, answer: HttpAnswer, refusal: OssError): void;
}
