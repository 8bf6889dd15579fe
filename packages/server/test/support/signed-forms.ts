// One request signed in every form there is: versions 1, 2 and 4, in the header and in the URL. What
// comes out is raw, so that a test can spoil any byte of it.
import {
  defaultHashes,
  encodeComponent,
  encodePath,
  formatIsoBasic,
  presignV1,
  presignV2,
  presignV4,
  signV1,
  signV2,
  signV4,
} from '@osskeep/protocol';
import type { AccessKey } from '../../src/index.ts';
import type { GatewayUnderTest } from './gateway-under-test.ts';
import type { RawRequest } from './raw-http.ts';

export const signedForms = [
  'V1 header',
  'V1 URL',
  'V2 header',
  'V2 URL',
  'V4 header',
  'V4 URL',
] as const;
export type SignedForm = (typeof signedForms)[number];
export const urlForms = ['V1 URL', 'V2 URL', 'V4 URL'] as const;
export const headerForms = ['V1 header', 'V2 header', 'V4 header'] as const;

export type Pairs = readonly (readonly [string, string])[];

export interface ToSign {
  readonly method?: string;
  readonly bucket: string;
  readonly key?: string;
  readonly query?: Pairs;
  /** Signed where the form signs them, and sent. */
  readonly headers?: Pairs;
  readonly body?: Buffer;
  readonly lifetimeS?: number;
  readonly as?: AccessKey;
  readonly token?: string;
}

const hashes = defaultHashes();

export function isUrlForm(form: SignedForm): boolean {
  return form.endsWith('URL');
}

/** Path style, sent to the address the server listens on. */
export function signForm(
  gateway: GatewayUnderTest,
  form: SignedForm,
  { method = 'GET', bucket, key, query = [], headers = [], ...more }: ToSign,
): RawRequest {
  const nowMs = gateway.clock.now();
  const keys = more.as ?? gateway.signer;
  const signer = { ...keys, region: gateway.server.region };
  const dated: Pairs = isUrlForm(form) ? headers : [...headers, ...dateOf(form, nowMs)];
  const token: Pairs =
    more.token === undefined || isUrlForm(form) ? [] : [['x-oss-security-token', more.token]];
  const signed = [...dated, ...token];
  const request = { method, bucket, key, query, headers: signed };
  const { lifetimeS = 600 } = more;
  const absolute = { expires: Math.floor(nowMs / 1000) + lifetimeS, securityToken: more.token };
  const relative = {
    date: formatIsoBasic(nowMs),
    expires: lifetimeS,
    securityToken: more.token,
  };
  let added: Pairs = [];
  let authorization: string | undefined;
  switch (form) {
    case 'V1 header':
      authorization = signV1(request, keys, hashes).authorization;
      break;
    case 'V2 header':
      authorization = signV2(request, keys, hashes).authorization;
      break;
    case 'V4 header':
      authorization = signV4(request, signer, hashes).authorization;
      break;
    case 'V1 URL':
      added = presignV1(request, absolute, keys, hashes).query;
      break;
    case 'V2 URL':
      added = presignV2(request, absolute, keys, hashes).query;
      break;
    case 'V4 URL':
      added = presignV4(request, relative, signer, hashes).query;
      break;
  }
  const { body } = more;
  return {
    method,
    target: withQuery(pathOf(bucket, key), [...query, ...added]),
    headers: [
      ['Host', gateway.host],
      ...signed,
      ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
      ...(body === undefined ? [] : [['Content-Length', String(body.length)] as const]),
    ],
    ...(body === undefined ? {} : { body }),
  };
}

function dateOf(form: SignedForm, nowMs: number): Pairs {
  if (form !== 'V4 header') return [['Date', new Date(nowMs).toUTCString()]];
  return [
    ['x-oss-date', formatIsoBasic(nowMs)],
    ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
  ];
}

export function pathOf(bucket: string, key?: string): string {
  return key === undefined ? `/${bucket}/` : `/${bucket}/${encodePath(key)}`;
}

export function withQuery(path: string, pairs: Pairs): string {
  if (pairs.length === 0) return path;
  const texts = pairs.map(([name, value]) =>
    value === '' ? encodeComponent(name) : `${encodeComponent(name)}=${encodeComponent(value)}`,
  );
  return `${path}${path.includes('?') ? '&' : '?'}${texts.join('&')}`;
}
