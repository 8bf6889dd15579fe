// The V2 string to sign: V1's lines with additional headers and a wholly encoded resource
// (signing reference §4).
import { encodeComponent } from '../../http/percent.ts';
import { headerName, queryName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { compareText, type SignedHeaders } from '../elements/request-headers.ts';

export function canonicalResourceV2(request: SignableRequest): string {
  const { bucket, key } = request;
  const path = encodeComponent(bucket === undefined ? '/' : `/${bucket}/${key ?? ''}`);
  const parts = request.query
    .filter(([name]) => name !== queryName.signature)
    .map(([name, value]) => {
      const encoded = encodeComponent(name);
      const text =
        value === undefined || value === '' ? encoded : `${encoded}=${encodeComponent(value)}`;
      return { encoded, text };
    })
    .sort((a, b) => compareText(a.encoded, b.encoded) || compareText(a.text, b.text));
  return parts.length === 0 ? path : `${path}?${parts.map(({ text }) => text).join('&')}`;
}

export function stringToSignV2(
  request: SignableRequest,
  headers: SignedHeaders,
  additional: readonly string[],
  expires?: string,
): string {
  const names = [...headers.keys()].filter(
    (name) => name.startsWith('x-oss-') || additional.includes(name),
  );
  let signed = '';
  for (const name of names.sort()) signed += `${name}:${headers.get(name)}\n`;
  const md5 = headers.get(headerName.contentMd5) ?? '';
  const type = headers.get(headerName.contentType) ?? '';
  const date = expires ?? headers.get(headerName.date) ?? '';
  const list = additional.join(';');
  const resource = canonicalResourceV2(request);
  return `${request.method}\n${md5}\n${type}\n${date}\n${signed}${list}\n${resource}`;
}
