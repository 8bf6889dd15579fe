// An answer whose headers were encoded before, for the same object: a download then costs no encoding.
import { checkedLines } from './http/header-lines.ts';

/** Headers as they stand on the wire, in both forms that are written. Nobody changes them. */
export interface EncodedHeaders {
  /** Name, value, name, value. */
  readonly list: readonly string[];
  /** `name: value` and a line end, for each. */
  readonly lines: string;
}

/** Throws TypeError for what no header can carry. */
export function encodedHeaders(list: readonly string[]): EncodedHeaders {
  return { list, lines: checkedLines(list) };
}

export class EncodedAnswer {
  /** With Content-Length. */
  readonly headers: EncodedHeaders;
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | undefined;

  constructor(headers: EncodedHeaders, body: EncodedAnswer['body']) {
    this.headers = headers;
    this.body = body;
  }
}
