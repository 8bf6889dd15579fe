// Signs a URL with V4: the query carries what the Authorization header would.
import type { Hashes } from '../../checksum/hashes.ts';
import { defaultProduct, queryName, v4Algorithm } from '../names.ts';
import type { SignableRequest } from '../request.ts';
import { collectHeaders } from '../request-headers.ts';
import { formatScope, type Scope } from './scope.ts';
import { computeV4, presentAdditionalHeaders, type V4Signature, type V4Signer } from './sign.ts';

export interface V4Lifetime {
  /** Start of validity, `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  /** Seconds, 1 to 604,800. The caller checks; the service refuses anything else. */
  readonly expires: number;
  readonly securityToken?: string | undefined;
}

export interface V4UrlSignature extends V4Signature {
  /** All pairs to append to the request's own query, the signature last. */
  readonly query: readonly (readonly [string, string])[];
  /** The whole query of the URL, encoded: the request's own parameters too, the signature last. */
  readonly queryText: string;
}

/**
 * Signs a URL. `request.query` holds the operation's own parameters; `request.headers` what the
 * user of the URL will send of `Content-Type`, `Content-MD5`, `x-oss-*` and the additional headers.
 * The answer's pairs are in the order of their names, the signature last.
 */
export function presignV4(
  request: SignableRequest,
  lifetime: V4Lifetime,
  signer: V4Signer,
  hashes: Hashes,
): V4UrlSignature {
  const headers = collectHeaders(request.headers);
  const additional = presentAdditionalHeaders(headers, signer.additionalHeaders);
  const scope: Scope = {
    date: lifetime.date.slice(0, 8),
    region: signer.region,
    product: signer.product ?? defaultProduct,
  };
  // In the order in which they are signed.
  const added: [string, string][] = [];
  if (additional.length > 0) added.push([queryName.additionalHeaders, additional.join(';')]);
  added.push(
    [queryName.credential, `${signer.accessKeyId}/${formatScope(scope)}`],
    [queryName.date, lifetime.date],
    [queryName.expires, String(lifetime.expires)],
  );
  if (lifetime.securityToken !== undefined) {
    added.push([queryName.securityToken, lifetime.securityToken]);
  }
  added.push([queryName.version, v4Algorithm]);
  const query = request.query.length === 0 ? [...added] : [...request.query, ...added];
  const whole = { ...request, query };
  const signed = computeV4(whole, headers, additional, lifetime.date, scope, signer, hashes);
  const { signature, stringToSign, canonicalRequest } = signed;
  const queryText = `${queryLine(canonicalRequest)}&${queryName.signature}=${signature}`;
  added.push([queryName.signature, signature]);
  return { signature, stringToSign, canonicalRequest, query: added, queryText };
}

/** What is signed of the query is a query: encoded, in an order that any reader takes. */
function queryLine(canonicalRequest: string): string {
  const start = canonicalRequest.indexOf('\n', canonicalRequest.indexOf('\n') + 1) + 1;
  return canonicalRequest.slice(start, canonicalRequest.indexOf('\n', start));
}
