// What an operation is on the wire. One definition per operation: the client encodes requests and
// decodes responses with it, the server does the reverse, so the two cannot drift apart.
import type { Message, ReceivedMessage } from './message.ts';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD' | 'OPTIONS';
export type Level = 'service' | 'bucket' | 'object';

/** How an operation is told from its neighbours. */
export interface Route {
  readonly method: Method;
  readonly on: Level;
  /** Query names that must be there; a text asks for that value, `true` for any. */
  readonly query?: Readonly<Record<string, string | true>>;
  /** A header that must be there (`x-oss-copy-source` tells CopyObject from PutObject). */
  readonly header?: string;
  /** Chosen where it ties with another. */
  readonly over?: true;
}

/** The only code that knows where a value travels and how it looks there. */
export interface Field<T> {
  // Properties, not methods: so a field of a narrower type than its property's does not compile.
  readonly encode: (value: T, message: Message) => void;
  readonly decode: (message: ReceivedMessage) => T;
}

/** Parts of an operation that exist on the wire and that this version does not have. */
export interface NotBuilt {
  /** Lower-case names. */
  readonly headers?: readonly string[];
  readonly query?: readonly string[];
}

export interface Operation<Name extends string, Input, Output> {
  readonly name: Name;
  readonly route: Route;
  /** Status of an ordinary success; a response field may change it. */
  readonly success: number;
  /** How the request's body travels: absent, a small document read whole, or a stream of bytes. */
  readonly requestBody: 'none' | 'document' | 'stream';
  /** Largest document in bytes; 1 MiB unless given. */
  readonly documentBytesMax?: number;
  readonly notBuilt?: NotBuilt;
  readonly request: Field<Input>;
  readonly response: Field<Output>;
}
