// A request or a response as the codecs of the operations see it: text already decoded from its
// transport (headers as Unicode text, query names and values percent-decoded), nothing parsed yet.

/** Bytes of a body: at hand, or arriving. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

/** What a field's codec writes to. */
export interface Message {
  /** HTTP status of a response; 0 in a request. A response codec may change it (206 for a range). */
  status: number;
  /** Query of a request, decoded; of a repeated name the first value. Empty in a response. */
  readonly query: Map<string, string>;
  /** Header values as text under lower-case names. */
  readonly headers: Map<string, string>;
  body: Body | undefined;
}

/** A message that came, as decoders see it: what it was read from may serve other requests too. */
export interface ReceivedMessage {
  readonly status: number;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Body | undefined;
}

export function emptyMessage(status = 0): Message {
  return { status, query: new Map(), headers: new Map(), body: undefined };
}
