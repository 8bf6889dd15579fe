// Signs and verifies the push URL of a live channel (signing reference §3.6). The server does not
// take RTMP; this serves clients of the real cloud.
import { equalConstantTime, toBase64 } from '../../checksum/bytes-text.ts';
import type { Hashes } from '../../checksum/hashes.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import { queryName } from '../elements/names.ts';
import { compareText, firstQuery } from '../elements/request-headers.ts';

const unsigned: ReadonlySet<string> = new Set([
  queryName.v1AccessKeyId,
  queryName.v1Expires,
  queryName.v1Signature,
  queryName.v1SecurityToken,
]);

export function stringToSignRtmp(
  bucket: string,
  channel: string,
  query: QueryPairs,
  expires: string,
): string {
  const lines = query
    .filter(([name]) => !unsigned.has(name))
    .map(([name, value]) => [name, `${name}:${value ?? ''}\n`] as const)
    .sort((a, b) => compareText(a[0], b[0]));
  return `${expires}\n${lines.map(([, line]) => line).join('')}/${bucket}/${channel}`;
}

export function signRtmp(
  secret: string,
  bucket: string,
  channel: string,
  query: QueryPairs,
  expires: string,
  hashes: Hashes,
): { readonly signature: string; readonly stringToSign: string } {
  const stringToSign = stringToSignRtmp(bucket, channel, query, expires);
  return { signature: toBase64(hashes.hmacSha1(secret, stringToSign)), stringToSign };
}

/** True when the query of a push URL carries the signature that this secret makes. */
export function isRtmpSignature(
  secret: string,
  bucket: string,
  channel: string,
  query: QueryPairs,
  hashes: Hashes,
): boolean {
  const expires = firstQuery(query, queryName.v1Expires) ?? '';
  const given = firstQuery(query, queryName.v1Signature) ?? '';
  const { signature } = signRtmp(secret, bucket, channel, query, expires, hashes);
  return equalConstantTime(given, signature);
}
