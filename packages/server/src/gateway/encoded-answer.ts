// An answer whose headers were encoded before, for the same object: a download then costs no encoding.
import { checkedLines } from './http/header-lines.ts';

/** Headers as they stand on the wire, in both forms that are written. Nobody changes them. */
export class EncodedHeaders {
  /** Name, value, name, value. */
  readonly list: readonly string[];
  readonly #lines: string;
  #last: { readonly end: string; readonly bytes: Buffer } | undefined;

  /** Throws TypeError for what no header can carry. */
  constructor(list: readonly string[]) {
    this.list = list;
    this.#lines = checkedLines(list);
  }

  /** `name: value` and a line end, for each, and `end` behind them. */
  endingWith(end: string): Buffer {
    // Nearly always the same: that the connection stays, and for how long.
    if (this.#last?.end !== end) {
      this.#last = { end, bytes: Buffer.from(this.#lines + end, 'latin1') };
    }
    return this.#last.bytes;
  }
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
