// Signed URLs: golden values of the official SDKs, lifetimes, what is refused, and that a URL means
// exactly the bucket, key and query it was made for.
import { readFileSync } from 'node:fs';
import { parseQuery, parseRequestTarget } from '@osskeep/protocol';
import { assert, constantFrom, oneof, property, string, tuple, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Credentials, OssClient, type PresignMethod } from '../../src/index.ts';
import { testClient } from '../support/client.ts';

interface Vector {
  readonly id: string;
  readonly version: 'V1' | 'V2' | 'V4';
  readonly mode: string;
  readonly access_key_id: string;
  readonly access_key_secret: string;
  readonly security_token?: string | null;
  readonly region?: string | null;
  readonly product?: string | null;
  readonly method: PresignMethod;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly host: string;
  readonly host_style: string;
  readonly query: readonly (readonly [string, string | null])[];
  readonly headers?: readonly (readonly [string, string])[];
  readonly additional_headers?: readonly string[];
  readonly time: string | null;
  readonly expires: number;
  readonly url: string;
  readonly expected: { readonly signature: string };
  readonly verified: { readonly signer: boolean | null };
}

const file = new URL('../../../protocol/test/vectors/signing-vectors.json', import.meta.url);
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as Vector[]).filter(
  ({ version, mode, verified }) => version !== 'V2' && mode === 'query' && verified.signer === true,
);

/** Inputs our client does not sign, each with its reason. */
function reasonToSkip(vector: Vector): string | undefined {
  const { bucket, key, version, method } = vector;
  if (bucket === null || key === null) return 'no object';
  if (key.startsWith('/') || key === '') return 'no valid key';
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) return 'no valid bucket name';
  if (version === 'V1' && key.includes('?')) return 'a key that V1 must not sign';
  if (!['GET', 'PUT', 'HEAD', 'POST', 'DELETE'].includes(method)) return 'another method';
  if (vector.region === '') return 'no region';
  if (vector.id.startsWith('android-v4')) return 'signs a payload header that no URL needs';
  if (/[^\x21-\x7e]/.test(vector.security_token ?? '')) return 'a token no header could carry';
  return undefined;
}

function startOf({ version, time, expires }: Vector): number {
  if (version === 'V1') return (expires - 900) * 1000;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time ?? '') ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

async function presignVector(vector: Vector): Promise<URL> {
  const token = vector.security_token ?? undefined;
  const client = new OssClient({
    endpoint: 'https://oss.example.com',
    region: vector.region ?? 'cn-hangzhou',
    product: vector.product ?? undefined,
    credentials: {
      accessKeyId: vector.access_key_id,
      accessKeySecret: vector.access_key_secret,
      securityToken: token,
    },
    signatureVersion: vector.version === 'V1' ? 'v1' : 'v4',
    clock: { now: () => startOf(vector) },
  });
  const tokenNames = ['security-token', 'x-oss-security-token'];
  const { url } = await client.presign(vector.method, vector.key ?? '', {
    bucket: vector.bucket ?? '',
    expires: vector.version === 'V1' ? 900 : vector.expires,
    headers: Object.fromEntries((vector.headers ?? []).map(([n, v]) => [n, String(v)])),
    query: Object.fromEntries(
      vector.query.filter(([n]) => !tokenNames.includes(n)).map(([n, v]) => [n, v ?? '']),
    ),
    additionalHeaders: (vector.additional_headers ?? []).filter((name) =>
      (vector.headers ?? []).some(([given]) => given.toLowerCase() === name.toLowerCase()),
    ),
  });
  return new URL(url);
}

describe('golden values', () => {
  const usable = vectors.filter((vector) => reasonToSkip(vector) === undefined);

  test('enough of them are usable', () => {
    expect(usable.filter(({ version }) => version === 'V4').length).toBeGreaterThan(80);
    expect(usable.filter(({ version }) => version === 'V1').length).toBeGreaterThan(55);
  });

  test.each(usable.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const { searchParams } = await presignVector(vector);
    const name = vector.version === 'V1' ? 'Signature' : 'x-oss-signature';
    expect(searchParams.get(name)).toBe(vector.expected.signature);
  });
});

describe('lifetimes', () => {
  const now = Date.UTC(2026, 10, 24, 10, 0, 0, 400);
  const client = testClient({ clock: { now: () => now } });

  test('900 seconds unless said otherwise', async () => {
    const { url, expiresAt } = await client.presign('GET', 'a');
    expect(new URL(url).searchParams.get('x-oss-expires')).toBe('900');
    expect(expiresAt.toISOString()).toBe('2026-11-24T10:15:00.000Z');
  });

  test('up to a moment, in whole seconds and never beyond it', async () => {
    const end = new Date('2026-11-24T11:00:00.900Z');
    for (const expiresAt of [end, end.getTime()]) {
      const link = await client.presign('GET', 'a', { expiresAt });
      expect(new URL(link.url).searchParams.get('x-oss-expires')).toBe('3600');
      expect(link.expiresAt.toISOString()).toBe('2026-11-24T11:00:00.000Z');
    }
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 604_801, 2 ** 53])(
    '%d seconds are refused',
    async (expires) => {
      await expect(client.presign('GET', 'a', { expires })).rejects.toMatchObject({
        name: 'ClientError',
        problem: 'lifetime',
      });
    },
  );

  test('seven days are the most in V4, not in V1', async () => {
    await client.presign('GET', 'a', { expires: 604_800 });
    const link = await client.presign('GET', 'a', { expires: 604_801, signatureVersion: 'v1' });
    const expires = Number(new URL(link.url).searchParams.get('Expires'));
    expect(expires * 1000 - Math.floor(now / 1000) * 1000).toBe(604_801_000);
    const beyond = { expires: 300_000_000_000, signatureVersion: 'v1' } as const;
    await expect(client.presign('GET', 'a', beyond)).rejects.toMatchObject({ problem: 'lifetime' });
  });

  test('two ends, or one that has passed, are refused', async () => {
    const past = { expiresAt: now - 1 };
    await expect(client.presign('GET', 'a', past)).rejects.toMatchObject({ problem: 'lifetime' });
    const both = { expires: 1, expiresAt: now + 5000 };
    await expect(client.presign('GET', 'a', both)).rejects.toMatchObject({ problem: 'lifetime' });
  });

  test('a security token that ends first is told', async () => {
    const credentials: Credentials = {
      accessKeyId: 'STS.id',
      accessKeySecret: 's',
      securityToken: 'to+/=ken',
      expiresAt: now + 60_000,
    };
    const sts = testClient({ credentials, clock: { now: () => now } });
    const long = await sts.presign('GET', 'a', { expires: 3600 });
    expect(long).toMatchObject({ limitedBy: 'security-token', expiresAt: new Date(now + 60_000) });
    expect(long.url).toContain('x-oss-security-token=to%2B%2F%3Dken');
    const short = await sts.presign('GET', 'a', { expires: 30 });
    expect(short.limitedBy).toBeUndefined();
    const endless = { ...credentials, expiresAt: undefined };
    const day = await testClient({ credentials: endless, clock: { now: () => now } });
    expect(await day.presign('GET', 'a', { expires: 86_400 })).toMatchObject({
      limitedBy: 'security-token',
      expiresAt: new Date('2026-11-24T22:00:00.000Z'),
    });
  });

  test('credentials that have ended sign nothing', async () => {
    const credentials = { accessKeyId: 'i', accessKeySecret: 's', expiresAt: now };
    const ended = testClient({ credentials, clock: { now: () => now } });
    await expect(ended.presign('GET', 'a')).rejects.toMatchObject({ problem: 'credentials' });
  });
});

describe('what stands in the URL', () => {
  const client = testClient({ endpoint: 'https://oss-cn-hangzhou.aliyuncs.com' });

  test('slashes of the key stay, plus is %2B, space is %20', async () => {
    const { url } = await client.presign('GET', 'a/b c+d', { query: { 'x-oss-q': '1+1 =' } });
    expect(url).toMatch(/^https:\/\/examplebucket\.oss-cn-hangzhou\.aliyuncs\.com\/a\/b%20c%2Bd\?/);
    expect(url).toContain('x-oss-q=1%2B1%20%3D');
    expect(url.slice(url.indexOf('?'))).not.toMatch(/[+]/);
  });

  test('a bound domain has no bucket in the URL, and the signature covers it all the same', async () => {
    const clock = { now: () => 1_700_000_000_000 };
    const cname = testClient({ endpoint: 'https://img.example.com', cname: true, clock });
    const virtual = testClient({ endpoint: 'https://example.com', clock });
    const bound = new URL((await cname.presign('GET', 'a')).url);
    const other = new URL((await virtual.presign('GET', 'a')).url);
    expect(bound.host + bound.pathname).toBe('img.example.com/a');
    expect(other.host + other.pathname).toBe('examplebucket.example.com/a');
    expect(bound.search).toBe(other.search);
  });

  test.each(['v4', 'v1'] as const)(
    '%s: one version on a bound domain over https, signed as it is under the bucket’s own host',
    async (signatureVersion) => {
      const clock = { now: () => 1_700_000_000_000 };
      const versionId = 'CAEQNhiBgMDJgZCA0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0+/==';
      const given = { clock, signatureVersion };
      const cname = testClient({ endpoint: 'https://img.example.com', cname: true, ...given });
      const virtual = testClient({ endpoint: 'https://example.com', ...given });
      const bound = new URL((await cname.presign('GET', 'a/b c+d', { versionId })).url);
      expect(bound.origin + bound.pathname).toBe('https://img.example.com/a/b%20c%2Bd');
      expect(bound.search).toContain(`versionId=${encodeURIComponent(versionId)}&`);
      expect(bound.searchParams.get('versionId')).toBe(versionId);
      const other = new URL((await virtual.presign('GET', 'a/b c+d', { versionId })).url);
      expect(bound.search).toBe(other.search);
      // The version is under the signature.
      const latest = new URL((await cname.presign('GET', 'a/b c+d')).url);
      const name = signatureVersion === 'v4' ? 'x-oss-signature' : 'Signature';
      expect(latest.searchParams.get(name)).not.toBe(bound.searchParams.get(name));
    },
  );

  test('a version, response headers, processing and limits are parameters', async () => {
    const { url, headers } = await client.presign('GET', 'a', {
      versionId: 'v1+',
      process: 'image/resize,w_10',
      trafficLimit: 819_200,
      response: { contentType: 'text/plain', contentDisposition: 'attachment; filename="é.txt"' },
    });
    const { searchParams } = new URL(url);
    expect(searchParams.get('versionId')).toBe('v1+');
    expect(searchParams.get('x-oss-process')).toBe('image/resize,w_10');
    expect(searchParams.get('x-oss-traffic-limit')).toBe('819200');
    expect(searchParams.get('response-content-type')).toBe('text/plain');
    expect(searchParams.get('response-content-disposition')).toBe('attachment; filename="é.txt"');
    expect(headers).toEqual({});
  });

  test('headers that must be sent are returned, in lower case', async () => {
    const { headers, url } = await client.presign('PUT', 'a', {
      contentType: 'image/png',
      contentMd5: '1B2M2Y8AsgTpgAmY7PhCfg==',
      headers: { 'X-OSS-Object-ACL': 'private', 'Cache-Control': 'no-cache' },
      additionalHeaders: ['Cache-Control', 'host'],
    });
    expect(headers).toEqual({
      'cache-control': 'no-cache',
      'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==',
      'content-type': 'image/png',
      'x-oss-object-acl': 'private',
    });
    expect(new URL(url).searchParams.get('x-oss-additional-headers')).toBe('cache-control;host');
  });
});

describe('refusals', () => {
  const client = testClient();

  test.each([
    ['a key with ? in V1', 'a?acl', { signatureVersion: 'v1' }, 'key'],
    ['the key ..', '..', {}, 'key'],
    ['the key .', '.', {}, 'key'],
    ['a signature of its own', 'a', { query: { Signature: 'x' } }, 'argument'],
    ['an expiry of its own', 'a', { query: { 'x-oss-expires': '9999999' } }, 'argument'],
    ['a parameter twice', 'a', { versionId: '1', query: { versionId: '2' } }, 'argument'],
    ['a header twice', 'a', { contentType: 'a', headers: { 'Content-Type': 'b' } }, 'argument'],
    ['an Authorization header', 'a', { headers: { authorization: 'x' } }, 'argument'],
    ['an additional header that is not given', 'a', { additionalHeaders: ['range'] }, 'argument'],
    [
      'additional headers in V1',
      'a',
      { signatureVersion: 'v1', headers: { range: 'bytes=0-' }, additionalHeaders: ['range'] },
      'argument',
    ],
    ['half a surrogate pair', 'a', { query: { a: '\ud800' } }, 'argument'],
  ] as const)('%s', async (_name, key, options, problem) => {
    const given = client.presign('GET', key, options);
    await expect(given).rejects.toMatchObject({ name: 'ClientError', problem });
  });

  test.each([
    ['empty', ''],
    ['beginning with a slash', '/a'],
    ['with NUL', 'a\0'],
    ['with half a surrogate pair', '\udc00'],
    ['of 1,024 bytes', 'a'.repeat(1024)],
  ])('a key %s is refused as the service would', async (_name, key) => {
    await expect(client.presign('GET', key)).rejects.toMatchObject({
      name: 'OssError',
      status: 400,
    });
  });

  test('a header that would split the request', async () => {
    const headers = { 'x-oss-meta-a': 'b\r\nx-oss-object-acl: public-read' };
    await expect(client.presign('PUT', 'a', { headers })).rejects.toMatchObject({ status: 400 });
  });

  test('a bucket that would change the host', async () => {
    for (const bucket of ['evil.com/', 'a@b', '..', 'UPPER', '']) {
      await expect(client.presign('GET', 'a', { bucket })).rejects.toMatchObject({
        code: 'InvalidBucketName',
      });
    }
  });
});

describe('property: a URL means what it was made for', () => {
  const piece = oneof(
    constantFrom('.', '..', '/', '//', '%', '%2F', '%2e', '+', ' ', '?', '#', '&', '=', '\\'),
    constantFrom(':', '@', ';', '中文', '😀', '__proto__', '\u202e', '\x7f', '\t', "'", '~', 'ß'),
    string({ unit: 'binary', maxLength: 4 }),
  );
  const keys = uniqueArray(piece, { maxLength: 12, minLength: 1, comparator: () => false })
    .map((pieces) => pieces.join(''))
    .filter((key) => /^[^/\\\0]/.test(key) && !key.includes('\0') && key.isWellFormed())
    .filter((key) => key !== '.' && key !== '..');
  const names = string({ unit: 'binary', minLength: 1, maxLength: 8 });
  const pairs = uniqueArray(tuple(names, string({ unit: 'binary', maxLength: 8 })), {
    selector: ([name]) => name,
    maxLength: 4,
  });

  test.each(['http://127.0.0.1:6770', 'https://oss-cn-hangzhou.aliyuncs.com', 'http://[::1]:99'])(
    '%s',
    async (endpoint) => {
      const client = testClient({ endpoint });
      const made: Promise<void>[] = [];
      assert(
        property(keys, pairs, (key, query) => {
          made.push(check(client, endpoint, key, query));
        }),
        { numRuns: 400 },
      );
      await Promise.all(made);
      expect(made.length).toBeGreaterThanOrEqual(400);
    },
  );

  async function check(
    client: OssClient,
    endpoint: string,
    key: string,
    query: readonly (readonly [string, string])[],
  ): Promise<void> {
    const link = await client.presign('GET', key, { query: Object.fromEntries(query) });
    // As a browser, fetch or curl sends it: whatever their URL parser does has happened.
    const url = new URL(link.url);
    const isPath = !endpoint.includes('aliyuncs');
    expect(url.host).toBe(
      isPath ? new URL(endpoint).host : 'examplebucket.oss-cn-hangzhou.aliyuncs.com',
    );
    const target = parseRequestTarget(url.pathname + url.search);
    const path = isPath ? target.path.replace(/^\/examplebucket\//, '/') : target.path;
    expect(decodeURIComponent(path.slice(1))).toBe(key);
    const own = parseQuery(url.search.slice(1)).filter(([name]) => !name.startsWith('x-oss-'));
    const given = Object.entries(Object.fromEntries(query)).map(([n, v]) => [n, v || undefined]);
    expect(new Map(own as [string, unknown][])).toEqual(new Map(given as [string, unknown][]));
    expect(own).toHaveLength(given.length);
    expect(url.hash + url.username + url.password).toBe('');
  }
});
