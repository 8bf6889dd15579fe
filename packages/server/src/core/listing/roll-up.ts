// Rolling keys up at a delimiter: what a listing shows of a key whose rest, behind the prefix asked
// for, holds the delimiter. Rules: operations reference §4.2.
import type { Range } from '../ports/metadata.ts';

export class RollUp {
  readonly prefix: Buffer;
  readonly #delimiter: Buffer | undefined;

  /** An empty delimiter rolls nothing up. */
  constructor(prefix: string | undefined, delimiter: string | undefined) {
    this.prefix = Buffer.from(prefix ?? '');
    this.#delimiter = delimiter ? Buffer.from(delimiter) : undefined;
  }

  /** The common prefix that stands for this key, which starts with the prefix asked for. */
  commonPrefixOf(key: Buffer): Buffer | undefined {
    if (this.#delimiter === undefined) return undefined;
    const at = key.indexOf(this.#delimiter, this.prefix.length);
    return at === -1 ? undefined : key.subarray(0, at + this.#delimiter.length);
  }

  /** As above for any text, as markers are: none outside the prefix asked for. */
  commonPrefixAround(text: Buffer): Buffer | undefined {
    const isInside = text.subarray(0, this.prefix.length).equals(this.prefix);
    return isInside ? this.commonPrefixOf(text) : undefined;
  }

  /** The same said to the engine, for rows whose object key stands between so many bytes. */
  hint(baseBytes: number, suffixBytes: number): Pick<Range, 'rollUp'> {
    const delimiter = this.#delimiter;
    if (delimiter === undefined) return {};
    return { rollUp: { from: baseBytes + this.prefix.length, delimiter, suffixBytes } };
  }
}
