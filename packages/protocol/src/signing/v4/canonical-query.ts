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
  for (const [given, value] of query) {
    if (given === queryName.signature) continue;
    const name = encodeComponent(given);
    const isBare = value === undefined || (value === '' && keepEmptyEquals?.(given) !== true);
    parts.push({ name, text: isBare ? name : `${name}=${encodeComponent(value)}` });
  }
  if (localeOrder === true) parts.sort(byLocale);
  else parts.sort((a, b) => compareText(a.name, b.name) || compareText(a.text, b.text));
  let text = '';
  for (const part of parts) text += text === '' ? part.text : `&${part.text}`;
  return text;
}

/** The locale is named: a server in another country must not decide differently. */
function byLocale(a: Part, b: Part): number {
  return decodeURIComponent(a.name).localeCompare(decodeURIComponent(b.name), 'en');
}
