// Line 3 of the canonical request: every parameter but the signature, encoded, sorted by encoded
// name; an empty value prints the name alone (signing reference §1.4).
import { encodeComponent } from '../../http/percent.ts';
import { queryName } from '../names.ts';
import type { QueryPairs } from '../request.ts';
import { compareText } from '../request-headers.ts';

export interface CanonicalQueryOptions {
  /** Print `name=` where the wire had an equals sign: some SDKs sign empty texts so (§1.9 rule 4). */
  readonly keepEmptyEquals?: (name: string) => boolean;
  /** Order names as a browser's locale does, not by bytes: one SDK's habit. */
  readonly localeOrder?: boolean;
}

export function canonicalQuery(query: QueryPairs, options: CanonicalQueryOptions = {}): string {
  const parts: [string, string][] = [];
  for (const [name, value] of query) {
    if (name === queryName.signature) continue;
    const encodedName = encodeComponent(name);
    const isBare = value === undefined || (value === '' && options.keepEmptyEquals?.(name) !== true);
    parts.push([encodedName, isBare ? encodedName : `${encodedName}=${encodeComponent(value)}`]);
  }
  if (options.localeOrder === true) {
    parts.sort((a, b) => decodeURIComponent(a[0]).localeCompare(decodeURIComponent(b[0])));
  } else {
    parts.sort((a, b) => compareText(a[0], b[0]) || compareText(a[1], b[1]));
  }
  let text = '';
  for (const [, part] of parts) text += text === '' ? part : `&${part}`;
  return text;
}
