// The six lines that a V4 signature covers (signing reference §1.2).
import { headerName, unsignedPayload } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { canonicalHeaders } from './canonical-headers.ts';
import { type CanonicalQueryOptions, canonicalQuery } from './canonical-query.ts';
import { canonicalUri } from './canonical-uri.ts';

export function canonicalRequest(
  request: SignableRequest,
  headers: SignedHeaders,
  additional: readonly string[],
  options: CanonicalQueryOptions = {},
): string {
  const query = canonicalQuery(request.query, options);
  return canonicalRequestWith(query, request, headers, additional);
}

/** The same where line 3 is at hand; the request's own query is not looked at. */
export function canonicalRequestWith(
  query: string,
  { method, bucket, key }: Omit<SignableRequest, 'query' | 'headers'>,
  headers: SignedHeaders,
  additional: readonly string[],
): string {
  const payload = headers.get(headerName.contentSha256) ?? unsignedPayload;
  const fields = canonicalHeaders(headers, additional);
  const uri = canonicalUri(bucket, key);
  return `${method}\n${uri}\n${query}\n${fields}\n${additional.join(';')}\n${payload}`;
}
