// Headers and query as signers look them up: lower-case names, values trimmed and repeats joined by
// a comma, which is how they are signed (signing reference §1.6).
import type { HeaderPairs, QueryPairs } from '../../http/pairs.ts';

export type SignedHeaders = ReadonlyMap<string, string>;

const noHeaders: SignedHeaders = new Map();

export function collectHeaders(pairs: HeaderPairs): SignedHeaders {
  if (pairs.length === 0) return noHeaders;
  const headers = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const trimmed = trimSpaces(value);
    const before = headers.get(key);
    headers.set(key, before === undefined ? trimmed : `${before},${trimmed}`);
  }
  return headers;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Only what HTTP trims: `trim()` would also eat an ideographic space that belongs to the value. */
function trimSpaces(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(value.charCodeAt(start))) start += 1;
  while (start < end && isSpace(value.charCodeAt(end - 1))) end -= 1;
  return end - start === value.length ? value : value.slice(start, end);
}

/** First value of a query name; `''` when it came without one; undefined when it is not there. */
export function firstQuery(query: QueryPairs, name: string): string | undefined {
  for (const [given, value] of query) if (given === name) return value ?? '';
  return undefined;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
