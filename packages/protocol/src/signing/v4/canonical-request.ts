// The six lines that a V4 signature covers (signing reference §1.2).
import { headerName, unsignedPayload } from '../names.ts';
import type { SignableRequest } from '../request.ts';
import type { SignedHeaders } from '../request-headers.ts';
import { canonicalHeaders } from './canonical-headers.ts';
import { type CanonicalQueryOptions, canonicalQuery } from './canonical-query.ts';
import { canonicalUri } from './canonical-uri.ts';

export function canonicalRequest(
  request: SignableRequest,
  headers: SignedHeaders,
  additional: readonly string[],
  options: CanonicalQueryOptions = {},
): string {
  const payload = headers.get(headerName.contentSha256) ?? unsignedPayload;
  return `${request.method}\n${canonicalUri(request.bucket, request.key)}\n${canonicalQuery(
    request.query,
    options,
  )}\n${canonicalHeaders(headers, additional)}\n${additional.join(';')}\n${payload}`;
}
