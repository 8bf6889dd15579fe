// Header fields, read once from the raw list: Node's own header object joins repeats, takes the first of two
// hosts and drops `__proto__`. Refuses what has two readings.
// Rules: choices rows 11 and 12, durability reference §4.
import { type HeaderPairs, headerText, ossError, repeatedHeader } from '@osskeep/protocol';

/** Bytes of all header names and values, with four for each field's colon, space and line end. */
const headerBytesMax = 32 * 1024;
const headerCountMax = 200;

export interface ReadHeaders {
  /** Lower-case names, in the order of the wire. */
  readonly pairs: HeaderPairs;
  /** Lower-case names; repeats joined by a comma, as they are signed. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Of one request, or of all that repeat them on a connection: nobody changes them. */
export class HeaderFields {
  /** Name, value, name, value, as they came. */
  readonly raw: readonly string[];
  #read: ReadHeaders | undefined;

  constructor(raw: readonly string[]) {
    this.raw = raw;
  }

  /** Throws TooManyHeaders, HeadersTooLarge, or the refusal of a field that is there twice. */
  read(): ReadHeaders {
    this.#read ??= readHeaders(this.raw);
    return this.#read;
  }

  /** The first value of a field as it came, also where they cannot be read. */
  first(lowerName: string): string | undefined {
    const { raw } = this;
    for (let at = 0; at + 1 < raw.length; at += 2) {
      if ((raw[at] as string).toLowerCase() === lowerName) return raw[at + 1];
    }
    return undefined;
  }
}

const singles: ReadonlySet<string> = new Set(['host', 'authorization', 'date', 'range']);

function readHeaders(raw: readonly string[]): ReadHeaders {
  if (raw.length / 2 > headerCountMax) {
    throw ossError('TooManyHeaders', {}, { closeConnection: true });
  }
  let bytes = 0;
  const pairs: [string, string][] = [];
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const wire = raw[i + 1] as string;
    bytes += name.length + wire.length + 4;
    const value = headerText(wire);
    pairs.push([name, value]);
    const before = headers.get(name);
    if (before === undefined) {
      headers.set(name, value);
    } else if (singles.has(name) || name.startsWith('content-')) {
      throw repeatedHeader(name, value);
    } else {
      headers.set(name, `${before},${value}`);
    }
  }
  if (bytes > headerBytesMax) throw ossError('HeadersTooLarge', {}, { closeConnection: true });
  return { pairs, headers };
}
