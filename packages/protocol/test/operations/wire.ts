// Literal requests and responses, as fixtures write them, and as the codecs see them.
import { parseRequestTarget } from '../../src/http/request-target.ts';
import type { Message } from '../../src/operations/definition/message.ts';

export interface WireRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Without what belongs to transport and signature. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function headerMap(headers: Readonly<Record<string, string>> = {}): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Query parameters by name; the first of a repeated one counts. */
export function queryOf(target: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of parseRequestTarget(target).query) {
    if (!query.has(name)) query.set(name, value ?? '');
  }
  return query;
}

/** What a server hands to the decoder. */
export function requestMessage(request: WireRequest): Message {
  return {
    status: 0,
    query: queryOf(request.target),
    headers: headerMap(request.headers),
    body: encoder.encode(request.body ?? ''),
  };
}

/** What a client hands to the decoder. */
export function responseMessage(response: WireResponse): Message {
  return {
    status: response.status,
    query: new Map(),
    headers: headerMap(response.headers),
    body: encoder.encode(response.body ?? ''),
  };
}

/** A message as plain values that a test compares. */
export function plain(message: Message): {
  status: number;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
} {
  if (message.body !== undefined && !(message.body instanceof Uint8Array)) {
    throw new TypeError('Fixtures have their bodies at hand.');
  }
  return {
    status: message.status,
    query: Object.fromEntries(message.query),
    headers: Object.fromEntries(message.headers),
    body: message.body === undefined ? '' : decoder.decode(message.body),
  };
}
