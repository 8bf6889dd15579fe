// Signs with V2: HMAC-SHA256 in base64, without key derivation.
import { toBase64 } from '../../checksum/bytes-text.ts';
import type { Hashes } from '../../checksum/hashes.ts';
import { queryName, v2Algorithm } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders } from '../elements/request-headers.ts';
import type { AbsoluteLifetime, HeaderSignature, KeyPair, UrlSignature } from '../v1/sign.ts';
import { stringToSignV2 } from './string-to-sign.ts';

export interface V2Signer extends KeyPair {
  readonly additionalHeaders?: readonly string[] | undefined;
}

export function signatureV2(secret: string, stringToSign: string, hashes: Hashes): string {
  return toBase64(hashes.hmacSha256(secret, stringToSign));
}

function presentNames(
  headers: ReadonlyMap<string, string>,
  names: readonly string[] | undefined,
): string[] {
  const lower = (names ?? []).map((name) => name.toLowerCase());
  return [...new Set(lower)].filter((name) => headers.has(name)).sort();
}

export function signV2(
  request: SignableRequest,
  signer: V2Signer,
  hashes: Hashes,
): HeaderSignature {
  const headers = collectHeaders(request.headers);
  const additional = presentNames(headers, signer.additionalHeaders);
  const stringToSign = stringToSignV2(request, headers, additional);
  const signature = signatureV2(signer.accessKeySecret, stringToSign, hashes);
  const list = additional.length === 0 ? '' : `,AdditionalHeaders:${additional.join(';')}`;
  const fields = `AccessKeyId:${signer.accessKeyId}${list},Signature:${signature}`;
  const authorization = `${v2Algorithm} ${fields}`;
  return { signature, stringToSign, authorization };
}

export function presignV2(
  request: SignableRequest,
  lifetime: AbsoluteLifetime,
  signer: V2Signer,
  hashes: Hashes,
): UrlSignature {
  const headers = collectHeaders(request.headers);
  const additional = presentNames(headers, signer.additionalHeaders);
  const expires = String(lifetime.expires);
  const added: [string, string][] = [
    [queryName.version, v2Algorithm],
    [queryName.v2AccessKeyId, signer.accessKeyId],
    [queryName.expires, expires],
  ];
  if (additional.length > 0) added.push([queryName.additionalHeaders, additional.join(';')]);
  if (lifetime.securityToken !== undefined) {
    added.push([queryName.v1SecurityToken, lifetime.securityToken]);
  }
  const whole = { ...request, query: [...request.query, ...added] };
  const stringToSign = stringToSignV2(whole, headers, additional, expires);
  const signature = signatureV2(signer.accessKeySecret, stringToSign, hashes);
  return { signature, stringToSign, query: [...added, [queryName.signature, signature]] };
}
