// Line 3 of the canonical request: every parameter but the signature, encoded, sorted by encoded
// name; an empty value prints the name alone (signing reference §1.4).
import { encodeComponent } from '../../http/percent.ts';
import { queryName } from '../names.ts';
import type { QueryPairs } from '../request.ts';
import { compareText } from '../request-headers.ts';

export interface CanonicalQueryOptions {
  /** Print `name=` where the wire had an equals sign: an SDK signs empty texts so (§1.9 rule 4). */
  readonly keepEmptyEquals?: (name: string) => boolean;
  /** Order names as a browser's locale does, not by bytes: one SDK's habit. */
  readonly localeOrder?: boolean;
}

interface Part {
  readonly name: string;
  readonly text: string;
}

export function canonicalQuery(query: QueryPairs, options: CanonicalQueryOptions = {}): string {
  const { keepEmptyEquals, localeOrder } = options;
  const parts: Part[] = [];
  // Many signers write the query in the order in which they signed it.
  let isSorted = localeOrder !== true;
  for (const [given, value] of query) {
    if (given === queryName.signature) continue;
    const name = encodeComponent(given);
    const isBare = value === undefined || (value === '' && keepEmptyEquals?.(given) !== true);
    const part = { name, text: isBare ? name : `${name}=${encodeComponent(value)}` };
    const before = parts.at(-1);
    if (isSorted && before !== undefined) isSorted = byName(before, part) <= 0;
    parts.push(part);
  }
  if (!isSorted) parts.sort(localeOrder === true ? byLocale : byName);
  let text = '';
  for (const part of parts) text += text === '' ? part.text : `&${part.text}`;
  return text;
}

function byName(a: Part, b: Part): number {
  return compareText(a.name, b.name) || compareText(a.text, b.text);
}

/** The locale is named: a server in another country must not decide differently. */
function byLocale(a: Part, b: Part): number {
  return decodeURIComponent(a.name).localeCompare(decodeURIComponent(b.name), 'en');
}
