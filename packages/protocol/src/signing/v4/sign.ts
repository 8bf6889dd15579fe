// Signs a request with a V4 Authorization header.
import type { Hashes } from '../../checksum/hashes.ts';
import { normalizeAdditionalHeaders } from '../elements/additional-headers.ts';
import { defaultProduct, headerName, v4Algorithm } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders } from '../elements/request-headers.ts';
import { formatScope, type Scope } from '../elements/scope.ts';
import { deriveSigningKey, type SigningKeyCache } from '../elements/signing-key.ts';
import { formatIsoBasic, parseTimestamp } from '../elements/timestamp.ts';
import { canonicalQuery } from './canonical-query.ts';
import { canonicalRequestWith } from './canonical-request.ts';
import { stringToSignV4 } from './string-to-sign.ts';

export interface V4Signer {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Plain region id, `cn-hangzhou`. */
  readonly region: string;
  /** `oss` unless another product is addressed. */
  readonly product?: string | undefined;
  /** Headers signed besides those that always are; only those present count. */
  readonly additionalHeaders?: readonly string[] | undefined;
  readonly keys?: SigningKeyCache | undefined;
}

export interface V4Signature {
  readonly signature: string;
  readonly stringToSign: string;
  readonly canonicalRequest: string;
}

export interface V4HeaderSignature extends V4Signature {
  /** Value of the Authorization header. */
  readonly authorization: string;
}

/** Key, canonical text and signature; shared by header and URL. `query` is the canonical one. */
export function computeV4(
  request: SignableRequest,
  query: string,
  headers: ReadonlyMap<string, string>,
  additional: readonly string[],
  timestamp: string,
  scope: Scope,
  signer: V4Signer,
  hashes: Hashes,
): V4Signature {
  const canonical = canonicalRequestWith(query, request, headers, additional);
  const stringToSign = stringToSignV4(timestamp, scope, canonical, hashes);
  const key =
    signer.keys?.get(signer.accessKeySecret, scope, hashes) ??
    deriveSigningKey(signer.accessKeySecret, scope, hashes);
  const signature = hashes.hmacSha256Hex(key, stringToSign);
  return { signature, stringToSign, canonicalRequest: canonical };
}

export function presentAdditionalHeaders(
  headers: ReadonlyMap<string, string>,
  names: readonly string[] | undefined,
): string[] {
  if (names === undefined || names.length === 0) return [];
  return normalizeAdditionalHeaders(names).filter(
    (name) => headers.has(name) && !name.startsWith('x-oss-'),
  );
}

/**
 * Signs. The request's headers must hold everything the service will see of `x-oss-*`,
 * `Content-Type` and `Content-MD5`, with `x-oss-date` (or `Date`), `x-oss-content-sha256:
 * UNSIGNED-PAYLOAD`, and `x-oss-security-token` where the credentials have a token.
 * Throws RangeError when no readable date is there.
 */
export function signV4(
  request: SignableRequest,
  signer: V4Signer,
  hashes: Hashes,
): V4HeaderSignature {
  const headers = collectHeaders(request.headers);
  const timestamp = headers.get(headerName.ossDate) ?? headers.get(headerName.date);
  const ms = timestamp === undefined ? undefined : parseTimestamp(timestamp);
  if (timestamp === undefined || ms === undefined) {
    throw new RangeError('A V4 signature needs an x-oss-date or Date header.');
  }
  const scope: Scope = {
    date: formatIsoBasic(ms).slice(0, 8),
    region: signer.region,
    product: signer.product ?? defaultProduct,
  };
  const additional = presentAdditionalHeaders(headers, signer.additionalHeaders);
  const query = canonicalQuery(request.query);
  const signed = computeV4(request, query, headers, additional, timestamp, scope, signer, hashes);
  const list = additional.length === 0 ? '' : `,AdditionalHeaders=${additional.join(';')}`;
  const credential = `${signer.accessKeyId}/${formatScope(scope)}`;
  const fields = `Credential=${credential}${list},Signature=${signed.signature}`;
  const authorization = `${v4Algorithm} ${fields}`;
  return { ...signed, authorization };
}
