// A signing vector as the request its client put on the wire, and that request with one thing
// changed.
import { isSignedParameterV1, parseTimestamp } from '@osskeep/protocol';
import type { Vector } from '../../../protocol/test/signing/vectors.ts';
import type { RawRequest } from './raw-http.ts';

export interface VectorRequest {
  readonly method: string;
  readonly path: string;
  /** Raw `name=value` items. */
  readonly query: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
}

export function vectorRequest(vector: Vector): VectorRequest {
  const url = vector.url ?? '';
  const slash = url.indexOf('/', url.indexOf('//') + 2);
  const [path = '/', ...rest] = (slash === -1 ? '/' : url.slice(slash)).split('?');
  const raw = rest.join('?');
  const headers = (vector.headers ?? [])
    .map(([name, value]): [string, string] => [name, utf8AsBytes(String(value))])
    .filter(([name]) => !/^(host|authorization)$/i.test(name));
  if (vector.mode === 'header') headers.push(['Authorization', authorization(vector)]);
  return {
    method: vector.method ?? 'GET',
    path,
    query: raw === '' ? [] : raw.split('&'),
    headers: [['Host', vector.host ?? ''], ...headers],
  };
}

function authorization({ access_key_id, expected }: Vector): string {
  return expected.authorization ?? `OSS ${access_key_id}:${expected.signature}`;
}

function utf8AsBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function toRaw({ method, path, query, headers }: VectorRequest): RawRequest {
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  const length = Number(headerOf(headers, 'content-length') ?? 0);
  const framed = headerOf(headers, 'content-length') !== undefined;
  return {
    method,
    target,
    headers: framed ? headers : [...headers, ['Content-Length', '0']],
    body: Buffer.alloc(length),
  };
}

function headerOf(headers: VectorRequest['headers'], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** A moment at which the vector's signature is good. */
export function vectorMs(vector: Vector, request: VectorRequest): number {
  const parameter = (name: string): string | undefined =>
    request.query.find((item) => item.startsWith(`${name}=`))?.slice(name.length + 1);
  if (vector.mode === 'query' && vector.version !== 'V4') {
    return Number(parameter('Expires') ?? parameter('x-oss-expires')) * 1000 - 1000;
  }
  const text =
    parameter('x-oss-date') ??
    headerOf(request.headers, 'x-oss-date') ??
    headerOf(request.headers, 'date');
  const ms = parseTimestamp(text ?? '');
  if (ms === undefined) throw new Error(`${vector.id} has no date`);
  return ms;
}

export interface Mutant {
  readonly what: string;
  readonly request: VectorRequest;
  /** Codes that are right for it. */
  readonly codes: readonly string[];
}

const mismatch = ['SignatureDoesNotMatch'];

/** Codes for a changed parameter or header, where it is not a plain mismatch. */
const codesByName: Readonly<Record<string, readonly string[]>> = {
  'x-oss-signature-version': ['InvalidArgument'],
  'x-oss-credential': ['InvalidArgument'],
  'x-oss-date': ['AccessDenied'],
  'x-oss-expires': ['SignatureDoesNotMatch', 'InvalidArgument'],
  'x-oss-additional-headers': ['InvalidArgument'],
  'x-oss-access-key-id': ['InvalidAccessKeyId'],
  OSSAccessKeyId: ['InvalidAccessKeyId'],
  'security-token': ['InvalidSecurityToken'],
  'x-oss-security-token': ['InvalidSecurityToken'],
  'x-oss-content-sha256': ['InvalidArgument'],
};

/** Another last character; of base64 one that changes bytes. */
function changed(text: string): string {
  const tail = /(%3D|=)+$/i.exec(text)?.[0] ?? '';
  const kept = text.slice(0, text.length - tail.length);
  // An escape changes as a whole, so that it stays one.
  const endsInEscape = /%[0-9A-Fa-f]{2}$/.test(kept);
  if (endsInEscape || kept === '') return `${kept}1${tail}`;
  const last = kept.at(-1) ?? '';
  const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'x' ? 'y' : 'x';
  return kept.slice(0, -1) + (tail === '' ? other : last === 'A' ? 'Q' : 'A') + tail;
}

/** The vector with one thing changed at a time, in everything its signature covers. */
export function mutants(vector: Vector, request: VectorRequest): Mutant[] {
  return [
    ...targetMutants(vector, request),
    ...queryMutants(vector, request),
    ...headerMutants(vector, request),
    ...authorizationMutants(vector, request),
  ];
}

function targetMutants(vector: Vector, request: VectorRequest): Mutant[] {
  const method = request.method === 'DELETE' ? 'GET' : 'DELETE';
  const found: Mutant[] = [{ what: 'method', request: { ...request, method }, codes: mismatch }];
  if (vector.host_style === 'service') return found;
  const bucketOnly = vector.host_style === 'path' && !request.path.slice(1).includes('/');
  const path = `${request.path}${bucketOnly ? '/' : ''}x`;
  found.push({ what: 'key', request: { ...request, path }, codes: mismatch });
  return found;
}

function queryMutants(vector: Vector, request: VectorRequest): Mutant[] {
  // What no signature covers is let in, and takes no effect (choices row 7).
  const unsignedOss = vector.verified.server_fallback === 'x-oss-* query unsigned';
  const v1Own = ['OSSAccessKeyId', 'Expires', 'Signature'];
  return request.query.flatMap((item, index) => {
    const equals = item.indexOf('=');
    const rawName = equals === -1 ? item : item.slice(0, equals);
    const name = decodeURIComponent(rawName);
    if (vector.version === 'V1' && !v1Own.includes(name) && !isSignedParameterV1(name)) return [];
    if (unsignedOss && name.startsWith('x-oss-')) return [];
    const value = equals === -1 ? '' : item.slice(equals + 1);
    const query = request.query.with(index, `${rawName}=${changed(value)}`);
    return [
      {
        what: `parameter ${name}`,
        request: { ...request, query },
        codes: codesByName[name] ?? mismatch,
      },
    ];
  });
}

function headerMutants(vector: Vector, request: VectorRequest): Mutant[] {
  const always = ['content-type', 'content-md5'];
  const additional = (vector.additional_headers ?? []).map((name) => name.toLowerCase());
  const found: Mutant[] = [];
  for (const [index, [name, value]] of request.headers.entries()) {
    const lower = name.toLowerCase();
    const isSigned =
      always.includes(lower) ||
      lower.startsWith('x-oss-') ||
      (vector.version !== 'V1' && additional.includes(lower));
    if (!isSigned || lower === 'x-oss-date' || lower === 'content-length' || lower === 'host')
      continue;
    const headers = request.headers.with(index, [name, `${value}x`]);
    found.push({
      what: `header ${lower}`,
      request: { ...request, headers },
      codes: codesByName[lower] ?? mismatch,
    });
  }
  if (vector.mode === 'header') {
    const headers = request.headers.map(([name, value]): [string, string] =>
      /^(x-oss-)?date$/i.test(name) ? [name, aSecondLater(value)] : [name, value],
    );
    found.push({ what: 'date', request: { ...request, headers }, codes: mismatch });
  }
  return found;
}

function aSecondLater(text: string): string {
  const ms = (parseTimestamp(text) ?? 0) + 1000;
  const later = new Date(ms);
  if (text.includes(',')) return later.toUTCString();
  return later.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function authorizationMutants(vector: Vector, request: VectorRequest): Mutant[] {
  if (vector.mode !== 'header') return [];
  const withAuthorization = (change: (text: string) => string): VectorRequest => ({
    ...request,
    headers: request.headers.map(([name, value]) => [
      name,
      name === 'Authorization' ? change(value) : value,
    ]),
  });
  const found: Mutant[] = [
    { what: 'signature', request: withAuthorization(changed), codes: mismatch },
    {
      what: 'access key id',
      request: withAuthorization((text) =>
        text.replace(vector.access_key_id, `${vector.access_key_id}x`),
      ),
      codes: ['InvalidAccessKeyId'],
    },
  ];
  if (vector.version === 'V4') {
    const codes = ['InvalidArgument'];
    const scopes = [
      ['day', /\/20\d{6}\//, '/20010101/'],
      ['region', /\/cn-hangzhou\//, '/cn-beijing/'],
      ['product', /\/oss\//, '/oss-x/'],
      ['suffix', /aliyun_v4_request/, 'aliyun_v4_requesu'],
    ] as const;
    for (const [part, from, to] of scopes) {
      const changedScope = withAuthorization((text) => text.replace(from, to));
      found.push({ what: `scope's ${part}`, request: changedScope, codes });
    }
  }
  return found;
}
