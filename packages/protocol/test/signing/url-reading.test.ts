// A URL that is read once and verified often: what is remembered of it spares work and decides nothing. Every
// check is made anew, and only what the signature depends on may make it good without being calculated.
import { describe, expect, test } from 'vitest';
import type { Hashes } from '../../src/checksum/index.ts';
import { formatRequestTarget, parseRequestTarget } from '../../src/http/index.ts';
import {
  collectHeaders,
  type SignableRequest,
  UrlReading,
  type Verifier,
  verify,
} from '../../src/signing/index.ts';
import { refusalOf } from './outcome.ts';
import { credential, nowMs, plain, setQuery, signed, verifier } from './signed.ts';
import { hashes } from './vectors.ts';

const link = signed('v4', 'url');
const url = formatRequestTarget('/a/b.txt', link.query);

/** Counts the signatures that are calculated. */
function counting(): { readonly hashes: Hashes; calls: number } {
  const counted = {
    calls: 0,
    hashes: {
      ...hashes,
      hmacSha256Hex: (...args: Parameters<Hashes['hmacSha256Hex']>) => {
        counted.calls += 1;
        return hashes.hmacSha256Hex(...args);
      },
    },
  };
  return counted;
}

/** As the server does: with the query of the reading. */
function use(
  reading: UrlReading,
  changed: Partial<SignableRequest> = {},
  by: Verifier<typeof credential> = verifier(),
) {
  const request = { ...link, query: reading.target.query, ...changed };
  return verify(request, by, collectHeaders(request.headers), reading);
}

function known(by: Verifier<typeof credential> = verifier()): UrlReading {
  const reading = new UrlReading(url);
  use(reading, {}, by);
  expect(reading.isProven).toBe(true);
  return reading;
}

test('it is what the URL says', () => {
  const reading = new UrlReading('/a%2Fb?c=1&c=2&d&e=');
  expect(reading.target).toEqual(parseRequestTarget('/a%2Fb?c=1&c=2&d&e='));
  expect([...reading.query]).toEqual([
    ['c', '1'],
    ['d', ''],
    ['e', ''],
  ]);
  expect(reading.isProven).toBe(false);
});

test('a good link is calculated once, and answered alike', async () => {
  const counted = counting();
  const by = verifier({ hashes: counted.hashes });
  const reading = new UrlReading(url);
  const first = await use(reading, {}, by);
  expect(counted.calls).toBe(1);
  expect(await use(reading, {}, by)).toEqual(first);
  expect(await use(reading, { headers: [['Range', 'bytes=0-1']] }, by)).toEqual(first);
  expect(counted.calls).toBe(1);
});

describe('is checked with each use', () => {
  test.each([
    ['the key is not there', { find: (): undefined => undefined }, 'InvalidAccessKeyId'],
    [
      'the key is disabled',
      { find: () => ({ ...credential, enabled: false }) },
      'InvalidAccessKeyId',
    ],
    [
      'its secret is another',
      { find: () => ({ ...credential, secret: 'x' }) },
      'SignatureDoesNotMatch',
    ],
    ['it has a token now', { find: () => ({ ...credential, token: 't' }) }, 'InvalidAccessKeyId'],
    ['its time is over', { nowMs: nowMs + 900_001 }, 'AccessDenied'],
    ['its time has not come', { nowMs: nowMs - 900_001 }, 'AccessDenied'],
    ['the region is another', { region: 'cn-beijing' }, 'InvalidArgument'],
    ['the product is another', { products: ['oss-vectors'] }, 'InvalidArgument'],
  ] as const)('%s', async (_what, changed, code) => {
    const reading = known();
    const refusal = await refusalOf(async () => use(reading, {}, verifier(changed)));
    const stranger = await refusalOf(async () => use(new UrlReading(url), {}, verifier(changed)));
    expect([refusal.code, refusal.message]).toEqual([stranger.code, stranger.message]);
    expect(refusal.code).toBe(code);
    // Nor has it forgotten, or learnt, anything.
    expect(use(reading)).toMatchObject({ fallback: null });
  });

  test('a token that has ended', async () => {
    const withToken = signed('v4', 'url', plain, { token: 't' });
    const reading = new UrlReading(formatRequestTarget('/a/b.txt', withToken.query));
    const temporary = { ...credential, token: 't', tokenExpiresMs: nowMs + 1_000 };
    const find = (): typeof credential => temporary;
    await use(reading, {}, verifier({ find }));
    expect(reading.isProven).toBe(true);
    const later = verifier({ find, nowMs: nowMs + 1_000 });
    expect((await refusalOf(async () => use(reading, {}, later))).code).toBe(
      'SecurityTokenExpired',
    );
  });
});

describe('is calculated anew', () => {
  test.each([
    ['another method', { method: 'PUT' }],
    ['another bucket', { bucket: 'bucket2' }],
    ['another key', { key: 'a/c.txt' }],
    ['a header that would be signed', { headers: [['x-oss-meta-a', 'b']] }],
    ['a content type', { headers: [['Content-Type', 'text/plain']] }],
    ['a query that is not the one that was read', { query: [...link.query, ['acl', '']] }],
  ] as const)('%s', async (_what, changed) => {
    const reading = known();
    const refusal = await refusalOf(async () => use(reading, changed));
    expect(refusal.code).toBe('SignatureDoesNotMatch');
    expect(use(reading)).toMatchObject({ fallback: null });
  });

  test('a second signature in the Authorization header is refused as ever', async () => {
    const headers = [['Authorization', 'Bearer token']] as const;
    const refusal = await refusalOf(async () => use(known(), { headers }));
    expect(refusal.ec).toBe('0002-00000039');
  });

  test('a key that was derived anew, from the same secret', async () => {
    const counted = counting();
    const reading = known();
    const { SigningKeyCache } = await import('../../src/signing/index.ts');
    await use(reading, {}, verifier({ hashes: counted.hashes, keys: new SigningKeyCache() }));
    expect(counted.calls).toBe(1);
  });
});

describe('is not remembered', () => {
  test.each([
    ['a wrong signature', setQuery(link, 'x-oss-signature', '0'.repeat(64))],
    ['version 1', signed('v1', 'url')],
    ['version 2', signed('v2', 'url')],
    [
      'a signature that covers headers',
      signed(
        'v4',
        'url',
        { ...plain, headers: [['Range', 'bytes=0-1']] },
        { additionalHeaders: ['range'] },
      ),
    ],
    [
      'a signature that covers a header that is always signed',
      signed('v4', 'url', { ...plain, headers: [['x-oss-meta-a', 'b']] }),
    ],
  ] as const)('%s', async (_what, request) => {
    const reading = new UrlReading(formatRequestTarget('/a/b.txt', request.query));
    await Promise.resolve()
      .then(() => use(reading, { headers: request.headers }))
      .catch(() => undefined);
    expect(reading.isProven).toBe(false);
    expect(reading.presented).toBeUndefined();
  });
});
