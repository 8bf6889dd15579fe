// Headers as they stand on the wire, in both forms that are written, so that those of an object are encoded
// once for all its downloads.
import { checkedLines } from './header-lines.ts';

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
    this.hasLength = hasContentLength(list);
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

export const noHeaders: EncodedHeaders = new EncodedHeaders([]);

/** `headers`: name, value, name, value. */
export function hasContentLength(headers: readonly string[]): boolean {
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] as string;
    if (name.length === 14 && name.toLowerCase() === 'content-length') return true;
  }
  return false;
}
