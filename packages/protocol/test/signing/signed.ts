// Small requests signed by our own signers, for tests that then bend them.
import type { HeaderPairs, QueryPairs } from '../../src/http/pairs.ts';
import {
  type Credential,
  presignV1,
  presignV2,
  presignV4,
  type SignableRequest,
  signV1,
  signV2,
  signV4,
  type Verifier,
} from '../../src/signing/index.ts';
import { hashes, keys } from './vectors.ts';

export const nowMs: number = Date.UTC(2026, 0, 2, 3, 4, 5);
export const isoNow = '20260102T030405Z';
export const credential = { accessKeyId: 'LTAItest', secret: 'secret', enabled: true };
export const signer = {
  accessKeyId: 'LTAItest',
  accessKeySecret: 'secret',
  region: 'cn-hangzhou',
};

export type Version = 'v1' | 'v2' | 'v4';
export type Mode = 'header' | 'url';
export const versions: readonly Version[] = ['v1', 'v2', 'v4'];
export const modes: readonly Mode[] = ['header', 'url'];

export const plain: SignableRequest = {
  method: 'GET',
  bucket: 'bucket',
  key: 'a/b.txt',
  query: [],
  headers: [],
};

export interface SignOptions {
  readonly date?: string;
  /** Seconds of life, in every version. */
  readonly expires?: number;
  readonly token?: string | undefined;
  readonly additionalHeaders?: readonly string[];
  readonly signer?: typeof signer;
}

/** The request with its signature, as a server would receive it. */
export function signed(
  version: Version,
  mode: Mode,
  request: SignableRequest = plain,
  options: SignOptions = {},
): SignableRequest {
  return mode === 'header'
    ? signedHeader(version, request, options)
    : signedUrl(version, request, options);
}

function signedHeader(
  version: Version,
  request: SignableRequest,
  options: SignOptions,
): SignableRequest {
  const date = options.date ?? isoNow;
  const headers: [string, string][] = request.headers.map(([name, value]) => [name, value]);
  headers.push(['x-oss-date', date]);
  if (version === 'v2') headers.push(['Date', date]);
  if (version === 'v4') headers.push(['x-oss-content-sha256', 'UNSIGNED-PAYLOAD']);
  if (options.token !== undefined) headers.push(['x-oss-security-token', options.token]);
  const whole = { ...request, headers };
  const by = { ...signer, ...options.signer, additionalHeaders: options.additionalHeaders };
  const sign = { v1: signV1, v2: signV2, v4: signV4 }[version];
  const { authorization } = sign(whole, by, hashes);
  return { ...whole, headers: [...headers, ['Authorization', authorization]] };
}

function signedUrl(
  version: Version,
  request: SignableRequest,
  options: SignOptions,
): SignableRequest {
  const by = { ...signer, ...options.signer, additionalHeaders: options.additionalHeaders };
  const expires = options.expires ?? 900;
  const securityToken = options.token;
  const absolute = { expires: nowMs / 1000 + expires, securityToken };
  const { query } =
    version === 'v4'
      ? presignV4(request, { date: options.date ?? isoNow, expires, securityToken }, by, hashes)
      : version === 'v2'
        ? presignV2(request, absolute, by, hashes)
        : presignV1(request, absolute, by, hashes);
  return { ...request, query: [...request.query, ...query] };
}

export function verifier(
  given: Partial<Verifier<Credential>> & { readonly credential?: Credential } = {},
): Verifier<Credential> {
  const known: Credential = given.credential ?? credential;
  return {
    nowMs,
    region: 'cn-hangzhou',
    products: ['oss'],
    hashes,
    keys,
    find: (accessKeyId) => (accessKeyId === known.accessKeyId ? known : undefined),
    ...given,
  };
}

/** Sets, replaces or (with null) removes a query parameter. */
export function setQuery(
  request: SignableRequest,
  name: string,
  value: string | undefined | null,
): SignableRequest {
  const query: QueryPairs = request.query.filter(([given]) => given !== name);
  return { ...request, query: value === null ? query : [...query, [name, value]] };
}

export function setHeader(
  request: SignableRequest,
  name: string,
  value: string | null,
): SignableRequest {
  const lower = name.toLowerCase();
  const headers: HeaderPairs = request.headers.filter(([given]) => given.toLowerCase() !== lower);
  return { ...request, headers: value === null ? headers : [...headers, [name, value]] };
}
