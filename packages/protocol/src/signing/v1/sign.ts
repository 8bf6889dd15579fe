// Signs with V1: HMAC-SHA1 in base64, in the Authorization header or in the URL.
import { toBase64 } from '../../checksum/bytes-text.ts';
import type { Hashes } from '../../checksum/hashes.ts';
import { queryName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders } from '../elements/request-headers.ts';
import { stringToSignV1 } from './string-to-sign.ts';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface TextSignature {
  readonly signature: string;
  readonly stringToSign: string;
}

export interface HeaderSignature extends TextSignature {
  /** Value of the Authorization header. */
  readonly authorization: string;
}

export interface UrlSignature extends TextSignature {
  /** All pairs to append to the request's own query, the signature among them. */
  readonly query: readonly (readonly [string, string])[];
}

export function signatureV1(secret: string, stringToSign: string, hashes: Hashes): string {
  return toBase64(hashes.hmacSha1(secret, stringToSign));
}

/** The request's headers must hold `Date` or `x-oss-date`, and the token header if there is one. */
export function signV1(request: SignableRequest, keys: KeyPair, hashes: Hashes): HeaderSignature {
  const stringToSign = stringToSignV1(request, collectHeaders(request.headers));
  const signature = signatureV1(keys.accessKeySecret, stringToSign, hashes);
  return { signature, stringToSign, authorization: `OSS ${keys.accessKeyId}:${signature}` };
}

export interface AbsoluteLifetime {
  /** Unix seconds of the end. */
  readonly expires: number;
  readonly securityToken?: string | undefined;
}

export function presignV1(
  request: SignableRequest,
  lifetime: AbsoluteLifetime,
  keys: KeyPair,
  hashes: Hashes,
): UrlSignature {
  const token = lifetime.securityToken;
  const added: [string, string][] = token === undefined ? [] : [[queryName.v1SecurityToken, token]];
  const whole = { ...request, query: [...request.query, ...added] };
  const expires = String(lifetime.expires);
  const stringToSign = stringToSignV1(whole, collectHeaders(request.headers), { expires });
  const signature = signatureV1(keys.accessKeySecret, stringToSign, hashes);
  const query: [string, string][] = [
    [queryName.v1AccessKeyId, keys.accessKeyId],
    [queryName.v1Expires, expires],
    [queryName.v1Signature, signature],
    ...added,
  ];
  return { signature, stringToSign, query };
}
