// Header look-up for signers: lower-case names, values trimmed and repeats joined by a comma, which
// is how they are signed (signing reference §1.6).
import type { HeaderPairs } from './request.ts';

export type SignedHeaders = ReadonlyMap<string, string>;

const lowered = new Map<string, string>();

/** `toLowerCase` for the few names that come again and again. */
function lowerCase(name: string): string {
  const known = lowered.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (lowered.size < 512) lowered.set(name, lower);
  return lower;
}

export function collectHeaders(pairs: HeaderPairs): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = lowerCase(name);
    const trimmed = value.trim();
    const before = headers.get(key);
    headers.set(key, before === undefined ? trimmed : `${before},${trimmed}`);
  }
  return headers;
}

/** First value of a query name; `''` when it came without one; undefined when it is not there. */
export function firstQuery(
  query: readonly (readonly [string, string | undefined])[],
  name: string,
): string | undefined {
  for (const [given, value] of query) if (given === name) return value ?? '';
  return undefined;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
