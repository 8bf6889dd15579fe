// Line 3 of the canonical request: every parameter but the signature, encoded, sorted by encoded
// name; an empty value prints the name alone (signing reference §1.4).

import type { QueryPairs } from '../../http/pairs.ts';
import { encodeComponent } from '../../http/percent.ts';
import { rememberLast } from '../../http/remember-last.ts';
import { queryName } from '../elements/names.ts';
import { compareText } from '../elements/request-headers.ts';

export interface CanonicalQueryOptions {
  /** Print `name=` where the wire had an equals sign: an SDK signs empty texts so (signing reference §1.9, rule 4). */
  readonly keepEmptyEquals?: (name: string) => boolean;
  /** Order names as a browser's locale does, not by bytes: one SDK's habit. */
  readonly localeOrder?: boolean;
}

interface Part {
  readonly name: string;
  readonly text: string;
}

export function canonicalQuery(query: QueryPairs, options: CanonicalQueryOptions = {}): string {
  if (options.localeOrder === true) return sortedQuery(query, options, byLocale);
  // Many signers write the query in the order in which they signed it: then nothing is sorted.
  let text = '';
  let before = '';
  for (const [given, value] of query) {
    if (given === queryName.signature) continue;
    const name = encodeComponent(given);
    if (text !== '') {
      if (name <= before) return sortedQuery(query, options, byName);
      text += '&';
    }
    text += name;
    text += valueText(given, value, options);
    before = name;
  }
  return text;
}

function sortedQuery(
  query: QueryPairs,
  options: CanonicalQueryOptions,
  order: (a: Part, b: Part) => number,
): string {
  const parts: Part[] = [];
  for (const [given, value] of query) {
    if (given === queryName.signature) continue;
    const name = encodeComponent(given);
    parts.push({ name, text: name + valueText(given, value, options) });
  }
  let text = '';
  for (const part of parts.sort(order)) text += text === '' ? part.text : `&${part.text}`;
  return text;
}

/** With its equals sign, or nothing. */
function valueText(
  given: string,
  value: string | undefined,
  { keepEmptyEquals }: CanonicalQueryOptions,
): string {
  if (value === undefined || (value === '' && keepEmptyEquals?.(given) !== true)) return '';
  return `=${given === queryName.credential ? encodeCredential(value) : encodeComponent(value)}`;
}

/** The longest of the usual values, full of slashes, and the same all day. Joined: one piece, no tree. */
const encodeCredential = rememberLast((text) => text.split('/').map(encodeComponent).join('%2F'));

function byName(a: Part, b: Part): number {
  return compareText(a.name, b.name) || compareText(a.text, b.text);
}

/** The locale is named: a server in another country must not decide differently. */
function byLocale(a: Part, b: Part): number {
  return decodeURIComponent(a.name).localeCompare(decodeURIComponent(b.name), 'en');
}
