// Signs a URL with V4: the query carries what the Authorization header would.
import type { Hashes } from '../../checksum/hashes.ts';
import { defaultProduct, queryName, v4Algorithm } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders } from '../elements/request-headers.ts';
import { formatScope, isSameScope, type Scope } from '../elements/scope.ts';
import { canonicalQuery } from './canonical-query.ts';
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
  const { date } = lifetime;
  const scope: Scope = {
    date: date.slice(0, 8),
    region: signer.region,
    product: signer.product ?? defaultProduct,
  };
  const added = addedParameters(signer.accessKeyId, scope, lifetime, additional.join(';'));
  const own = request.query;
  const line = own.length === 0 ? added.line : canonicalQuery([...own, ...added.pairs]);
  const signed = computeV4(request, line, headers, additional, date, scope, signer, hashes);
  const { signature, stringToSign, canonicalRequest } = signed;
  return {
    signature,
    stringToSign,
    canonicalRequest,
    query: [...added.pairs, [queryName.signature, signature]],
    // What is signed of the query is a query: encoded, in an order that any reader takes.
    queryText: `${line}&${queryName.signature}=${signature}`,
  };
}

/** What signing adds to a query, but for the signature. */
interface AddedParameters extends V4Lifetime {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly additional: string;
  /** In the order in which they are signed. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Their canonical text. */
  readonly line: string;
}

/** Whoever signs many URLs adds the same to all that he signs within one second. */
function addedParameters(
  accessKeyId: string,
  scope: Scope,
  lifetime: V4Lifetime,
  additional: string,
): AddedParameters {
  const { date, expires, securityToken } = lifetime;
  const isLast =
    last !== undefined &&
    last.accessKeyId === accessKeyId &&
    isSameScope(last.scope, scope) &&
    last.date === date &&
    last.expires === expires &&
    last.securityToken === securityToken &&
    last.additional === additional;
  if (last !== undefined && isLast) return last;
  const pairs: [string, string][] = [];
  if (additional !== '') pairs.push([queryName.additionalHeaders, additional]);
  pairs.push(
    [queryName.credential, `${accessKeyId}/${formatScope(scope)}`],
    [queryName.date, date],
    [queryName.expires, String(expires)],
  );
  if (securityToken !== undefined) pairs.push([queryName.securityToken, securityToken]);
  pairs.push([queryName.version, v4Algorithm]);
  // Joining makes one piece of it: V8 keeps a concatenation as a tree, and walks that in every URL.
  const line = [canonicalQuery(pairs), ''].join('');
  last = { accessKeyId, scope, date, expires, securityToken, additional, pairs, line };
  return last;
}

let last: AddedParameters | undefined;
