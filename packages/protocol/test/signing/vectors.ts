// The published and recorded signatures, how their wire form splits into what is signed, and the
// verifier that the vector's server would have been.
import { readFileSync } from 'node:fs';
import { defaultHashes } from '../../src/checksum/default-hashes.ts';
import type { QueryPairs } from '../../src/http/pairs.ts';
import type { SignableRequest } from '../../src/signing/elements/request.ts';
import { collectHeaders } from '../../src/signing/elements/request-headers.ts';
import {
  type Credential,
  parseTimestamp,
  presentedSignature,
  SigningKeyCache,
  type Verifier,
} from '../../src/signing/index.ts';

export interface Vector {
  readonly id: string;
  readonly version: 'V1' | 'V2' | 'V4';
  readonly mode: 'header' | 'query' | 'post' | 'rtmp';
  readonly access_key_id: string;
  readonly access_key_secret: string;
  readonly security_token?: string | null;
  readonly region?: string;
  readonly product?: string;
  readonly method?: string;
  readonly bucket?: string | null;
  readonly key?: string | null;
  readonly host?: string;
  readonly host_style?: 'virtual' | 'cname' | 'path' | 'service';
  readonly query: readonly (readonly [string, string | null])[];
  readonly headers?: readonly (readonly [string, string])[];
  readonly additional_headers?: readonly string[];
  readonly time?: string | null;
  readonly expires?: number | null;
  readonly url?: string;
  readonly policy_base64?: string;
  readonly signer_only?: boolean;
  readonly string_to_sign_only?: boolean;
  readonly quirk?: string;
  readonly expected: {
    readonly signature: string;
    /** The page masks the middle of the signature. */
    readonly signature_pattern?: string;
    readonly authorization?: string;
    readonly string_to_sign?: string;
    readonly canonical_request?: string;
  };
  readonly derived?: { readonly string_to_sign?: string; readonly canonical_request?: string };
  readonly verified: {
    readonly signer: boolean | null;
    readonly server: boolean | null;
    readonly server_fallback?: string;
  };
}

export const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/signing-vectors.json', import.meta.url), 'utf8'),
) as Vector[];

function decode(text: string): string {
  return decodeURIComponent(text);
}

function splitQuery(raw: string): [string, string | undefined][] {
  if (raw === '') return [];
  return raw.split('&').map((part) => {
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? undefined : part.slice(equals + 1);
    const plain = (text: string): string => decode(text.replaceAll('+', ' '));
    return [plain(name), value === undefined ? undefined : plain(value)];
  });
}

/** What a server reads from the wire: URL and headers, as received. */
export function wireRequest(vector: Vector): SignableRequest {
  const url = vector.url ?? '';
  const afterHost = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const mark = afterHost.indexOf('?');
  let path = mark === -1 ? afterHost : afterHost.slice(0, mark);
  if (path === '' || url.indexOf('/', url.indexOf('//') + 2) === -1) path = '/';
  const query = splitQuery(mark === -1 ? '' : afterHost.slice(mark + 1));
  const headers = headersOf(vector);
  if (vector.mode === 'header') headers.push(['Authorization', authorization(vector)]);
  const base = { method: vector.method ?? 'GET', query, headers };
  if (vector.host_style === 'service') return base;
  let bucket = vector.bucket ?? undefined;
  if (vector.host_style === 'path') {
    const slash = path.indexOf('/', 1);
    bucket = decode(slash === -1 ? path.slice(1) : path.slice(1, slash));
    path = slash === -1 ? '/' : path.slice(slash);
  }
  const key = decode(path.slice(1));
  return { ...base, bucket, key: key === '' ? undefined : key };
}

function authorization(vector: Vector): string {
  const { authorization: given, signature } = vector.expected;
  if (given !== undefined) return given;
  return `OSS ${vector.access_key_id}:${signature}`;
}

/** What a signer is given. */
export function signerRequest(vector: Vector): SignableRequest {
  return {
    method: vector.method ?? 'GET',
    bucket: vector.bucket ?? undefined,
    key: vector.key ?? undefined,
    query: vector.query.map(([name, value]) => [name, value ?? undefined]) as QueryPairs,
    headers: headersOf(vector),
  };
}

/** One vector has a number as a header's value. */
function headersOf(vector: Vector): [string, string][] {
  return (vector.headers ?? []).map(([name, value]) => [name, String(value)]);
}

export function stringToSignOf(vector: Vector): string | undefined {
  return vector.expected.string_to_sign ?? vector.derived?.string_to_sign;
}

export function canonicalRequestOf(vector: Vector): string | undefined {
  return vector.expected.canonical_request ?? vector.derived?.canonical_request;
}

export const hashes = defaultHashes();
export const keys = new SigningKeyCache();

export const requestVectors = vectors.filter(({ mode }) => mode === 'header' || mode === 'query');

/** Those that have a form on the wire. */
export const wireVectors = requestVectors.filter(
  (vector) => vector.url !== undefined && vector.signer_only !== true,
);

function headerTime(vector: Vector): number {
  const headers = collectHeaders(vector.headers ?? []);
  return parseTimestamp(headers.get('x-oss-date') ?? headers.get('date') ?? '') ?? Number.NaN;
}

/** A moment at which the vector's server would have accepted it. */
export function nowOf(vector: Vector): number {
  if (vector.mode === 'query' && vector.version !== 'V4') return Number(vector.expires) * 1000;
  return parseTimestamp(vector.time ?? '') ?? headerTime(vector);
}

/** Knows the vector's key; a vector with a token is loaded as a temporary credential. */
export function verifierOf(vector: Vector): Verifier<Credential> {
  const request = wireRequest(vector);
  const token = presentedSignature(request.query, collectHeaders(request.headers))?.securityToken;
  return {
    nowMs: nowOf(vector),
    region: vector.region ?? 'cn-hangzhou',
    products: ['oss', 'oss-cloudbox'],
    hashes,
    keys,
    find: (accessKeyId) =>
      accessKeyId === vector.access_key_id
        ? { accessKeyId, secret: vector.access_key_secret, enabled: true, token }
        : undefined,
  };
}
