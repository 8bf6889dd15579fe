// The resource line of V1: bucket and key not encoded, then the signed parameters sorted by name
// (signing reference §3.1). Nothing is escaped; what that allows is in ambiguous.ts.
import type { QueryPairs } from '../../http/pairs.ts';
import type { SignableRequest } from '../elements/request.ts';
import { compareText } from '../elements/request-headers.ts';
import { isSignedParameterV1 } from './signed-parameters.ts';

export interface CanonicalResourceOptions {
  /** Names left out besides those never signed; V1's own URL parameters in URL mode. */
  readonly without?: (name: string) => boolean;
  /** Print `name=` for an empty value that came with an equals sign. */
  readonly keepEmptyEquals?: boolean;
  /** Sort the printed `name=value`, not the names. */
  readonly sortPairs?: boolean;
}

export function canonicalResourceV1(
  request: SignableRequest,
  options: CanonicalResourceOptions = {},
): string {
  const { bucket, key } = request;
  const path = bucket === undefined ? '/' : `/${bucket}/${key ?? ''}`;
  const parts = signedParts(request.query, options);
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

function signedParts(query: QueryPairs, options: CanonicalResourceOptions): string[] {
  const parts: { name: string; text: string }[] = [];
  for (const [name, value] of query) {
    if (!isSignedParameterV1(name) || options.without?.(name) === true) continue;
    const isBare = value === undefined || (value === '' && options.keepEmptyEquals !== true);
    parts.push({ name, text: isBare ? name : `${name}=${value}` });
  }
  const by = options.sortPairs === true ? 'text' : 'name';
  return parts.sort((a, b) => compareText(a[by], b[by])).map(({ text }) => text);
}
