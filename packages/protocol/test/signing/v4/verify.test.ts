// What a V4 verifier tolerates, additional headers, and the cache of derived keys (signing
// reference §1.6, §1.9; choices rows 5 and 10).
import { describe, expect, test } from 'vitest';
import type { QueryPairs } from '../../../src/http/pairs.ts';
import {
  collectHeaders,
  deriveSigningKey,
  formatIsoBasic,
  SigningKeyCache,
  signingKeysMax,
  verify,
} from '../../../src/signing/index.ts';
import { canonicalQuery } from '../../../src/signing/v4/canonical-query.ts';
import { canonicalRequest } from '../../../src/signing/v4/canonical-request.ts';
import { canonicalUri } from '../../../src/signing/v4/canonical-uri.ts';
import { outcome } from '../outcome.ts';
import { modes, nowMs, plain, setHeader, signed, verifier } from '../signed.ts';
import { hashes } from '../vectors.ts';

const mismatch = '403 SignatureDoesNotMatch 0002-00000201';

test('canonical URI: always the bucket, no slash lost, nothing resolved', () => {
  expect(canonicalUri(undefined, undefined)).toBe('/');
  expect(canonicalUri('b', undefined)).toBe('/b/');
  expect(canonicalUri('b', '/a//../b+ %20*~.txt')).toBe('/b//a//../b%2B%20%2520%2A~.txt');
});

test('canonical query: by encoded name, then value; empty is bare; the signature is out', () => {
  const query: QueryPairs = [
    ['b', ''],
    ['x-oss-signature', 'x'],
    ['+a', 'c d/*'],
    ['a', '2'],
    ['a', '1'],
    ['acl', undefined],
    ['a-b', 'é'],
  ];
  expect(canonicalQuery(query)).toBe('%2Ba=c%20d%2F%2A&a=1&a=2&a-b=%C3%A9&acl&b');
});

test('canonical headers: trimmed, joined, sorted, and not those nobody asked for', () => {
  const headers = collectHeaders([
    ['X-Oss-Meta-B', '  two  words\t'],
    ['x-oss-meta-a', '\u3000kept\u3000'],
    ['X-OSS-META-A', 'more'],
    ['Host', 'h'],
    ['Range', 'bytes=0-1'],
    ['Content-Type', 'text/plain'],
    ['Content-MD5', 'x'],
  ]);
  expect(canonicalRequest(plain, headers, ['host', 'zz-absent'])).toBe(
    'GET\n/bucket/a/b.txt\n\ncontent-md5:x\ncontent-type:text/plain\nhost:h\n' +
      'x-oss-meta-a:\u3000kept\u3000,more\nx-oss-meta-b:two  words\n\n' +
      'host;zz-absent\nUNSIGNED-PAYLOAD',
  );
});

describe.each(modes)('additional headers, %s', (mode) => {
  const base = setHeader(setHeader(plain, 'Range', 'bytes=0-9'), 'If-Match', '"x"');
  const request = signed('v4', mode, base, {
    additionalHeaders: ['Range', 'Absent', 'Content-Type'],
  });

  test('are signed when present, and only they', async () => {
    const verified = await verify(request, verifier());
    expect(verified?.presented).toMatchObject({ additionalHeaders: ['range'] });
    expect(await outcome(setHeader(request, 'Range', 'bytes=1-9'), verifier())).toBe(mismatch);
    expect(await outcome(setHeader(request, 'If-Match', '"y"'), verifier())).toBe('accepted');
  });

  test('signed and then not sent', async () => {
    const expected = mode === 'url' ? '400 InvalidArgument 0002-00000077' : mismatch;
    expect(await outcome(setHeader(request, 'Range', null), verifier())).toBe(expected);
  });
});

test('a URL does not cover a header added later, unless it is one that counts', async () => {
  const url = signed('v4', 'url');
  expect(await outcome(setHeader(url, 'Accept', '*/*'), verifier())).toBe('accepted');
  for (const name of ['Content-Type', 'Content-MD5', 'x-oss-object-acl', 'X-Oss-Meta-A']) {
    expect(await outcome(setHeader(url, name, 'x'), verifier())).toBe(mismatch);
  }
});

test('a GET link does not serve HEAD', async () => {
  expect(await outcome({ ...signed('v4', 'url'), method: 'HEAD' }, verifier())).toBe(mismatch);
});

test('a literal plus and a space in a key are two keys', async () => {
  const url = signed('v4', 'url', { ...plain, key: 'a+b' });
  expect(await outcome(url, verifier())).toBe('accepted');
  expect(await outcome({ ...url, key: 'a b' }, verifier())).toBe(mismatch);
});

describe('the cache of keys', () => {
  const scope = { date: '20260102', region: 'r', product: 'oss' };

  test('answers what derivation answers, for every part of the scope and the secret', () => {
    const keys = new SigningKeyCache();
    const scopes = [
      scope,
      { ...scope, date: '20260103' },
      { ...scope, region: 'r/oss' },
      { ...scope, product: 'r' },
      { ...scope, region: 'r', product: 'oss/r' },
    ];
    for (let round = 0; round < 2; round += 1) {
      for (const each of scopes) {
        for (const secret of ['a', 'b']) {
          expect(keys.get(secret, each, hashes)).toEqual(deriveSigningKey(secret, each, hashes));
        }
      }
    }
    expect(keys.size).toBe(10);
  });

  test('never grows beyond its limit, and stays right', () => {
    const keys = new SigningKeyCache();
    for (let i = 0; i < signingKeysMax + 50; i += 1) keys.get(`secret ${i}`, scope, hashes);
    expect(keys.size).toBe(signingKeysMax);
    expect(keys.get('secret 0', scope, hashes)).toEqual(
      deriveSigningKey('secret 0', scope, hashes),
    );
  });
});

test('yesterday’s links are verified with yesterday’s key', async () => {
  const date = formatIsoBasic(nowMs - 86_400_000);
  const url = signed('v4', 'url', plain, { date, expires: 100_000 });
  expect(await outcome(url, verifier())).toBe('accepted');
});
