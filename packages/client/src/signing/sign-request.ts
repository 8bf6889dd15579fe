// Signs a request in its headers (signing reference §1, §3). The date goes into `x-oss-date`, in V1 too:
// browsers do not let a page set `Date`.
import {
  formatImfDate,
  formatIsoBasic,
  type Hashes,
  type Message,
  type SigningKeyCache,
  signV1,
  signV4,
  unsignedPayload,
} from '@osskeep/protocol';
import type { Target } from '../requests/address.ts';
import type { Credentials } from './credentials.ts';

export interface SigningTools {
  readonly region: string;
  readonly product: string | undefined;
  readonly version: 'v4' | 'v1';
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
}

/** All headers of the request as Unicode text, the signature last. */
export function signedHeaders(
  method: string,
  target: Target,
  message: Message,
  credentials: Credentials,
  nowMs: number,
  tools: SigningTools,
): [string, string][] {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const isV4 = tools.version === 'v4';
  const headers: [string, string][] = [...message.headers];
  headers.push(['x-oss-date', isV4 ? formatIsoBasic(nowMs) : formatImfDate(nowMs)]);
  if (isV4) headers.push(['x-oss-content-sha256', unsignedPayload]);
  if (securityToken !== undefined) headers.push(['x-oss-security-token', securityToken]);
  const request = { method, ...target, query: [...message.query], headers };
  const { region, product, keys, hashes } = tools;
  const { authorization } = isV4
    ? signV4(request, { accessKeyId, accessKeySecret, region, product, keys }, hashes)
    : signV1(request, { accessKeyId, accessKeySecret }, hashes);
  headers.push(['authorization', authorization]);
  return headers;
}
