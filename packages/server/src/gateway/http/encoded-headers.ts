// Headers as they stand on the wire, in both forms that are written, so that those of an object are encoded
// once for all its downloads.
import { checkedLines } from './header-lines.ts';
import { isContentLength } from './header-list.ts';

/** Nobody changes them. No `Connection` among them. */
export class EncodedHeaders {
  /** Name, value, name, value. */
  readonly list: readonly string[];
  readonly hasLength: boolean;
  readonly #lines: string;
  #last: { readonly end: string; readonly bytes: Buffer } | undefined;

  /** Throws TypeError for what no header can carry. */
  constructor(list: readonly string[]) {
    this.list = list;
    this.hasLength = list.some((text, at) => at % 2 === 0 && isContentLength(text));
    this.#lines = checkedLines(list);
  }

  /** `name: value` and a line end, for each, and `end` behind them. */
  endingWith(end: string): Uint8Array {
    // Nearly always the same: that the connection stays, and for how long.
    if (this.#last?.end !== end) {
      this.#last = { end, bytes: Buffer.from(this.#lines + end, 'latin1') };
    }
    return this.#last.bytes;
  }
}
