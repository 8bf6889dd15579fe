// Keys that break stores: names of prototypes, dots and slashes of paths, escapes, control characters.
// All are stored and given back byte by byte (choices rows 10 and 13).
import { encodeComponent, encodePath } from '@osskeep/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});

afterAll(() => gateway.server.stop());

const hostileKeys = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '..',
  '../x',
  '../../etc/passwd',
  'a/../b',
  'a/..',
  './x',
  '.',
  'a/./b',
  'a//b',
  'a/',
  'a//',
  '%',
  '%2F',
  '%2e%2e/x',
  '%00',
  'a%20b',
  'a?b',
  'a?acl',
  'a#b',
  'a&b=c',
  '+',
  'a+b c',
  ' ',
  ' a ',
  '~tilde/!star*\'(paren)"',
  'a\\b',
  '<&>"\'',
  ']]>',
  '&amp;',
  '\x01\x1f',
  'a\nb\r\nc\td',
  '\x7f\u0080\u009f',
  '\ufeffbom',
  '\ufffe\uffff',
  '中文',
  '😀',
  'e\u0301',
  '\u00e9',
  '\u202eright-to-left',
  'k'.repeat(1_023),
  '中'.repeat(341),
  '😀'.repeat(255),
  'undefined',
  'null',
  'CON',
] as const;

const bytesOf = (key: string): string => Buffer.from(key).toString('hex');

function unescapeXml(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|lt|gt|amp|quot|apos);/g, (_whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name] ?? '';
  });
}

async function listed(query: string): Promise<string[]> {
  const response = await gateway.signed({ target: `/${bucket}?${query}`, bucket }, quick);
  expect(response.status).toBe(200);
  const keys = [...response.text.matchAll(/<Key>([^<]*)<\/Key>/g)];
  return keys.map(([, key]) => unescapeXml(key as string));
}

/** Ways to write the same key that clients use. */
const encodings = [
  ['as the specification says', encodePath],
  ['with %2F for slashes', encodeComponent],
  ['every byte escaped', (key: string) => bytesOf(key).replace(/../g, '%$&')],
] as const;

describe.each(encodings)('keys written %s', (_name, encode) => {
  test.each(hostileKeys)('%j', async (key) => {
    const target = `/${bucket}/${encode(key)}`;
    const body = Buffer.from(`body of ${key}`);
    const put = await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick);
    expect(put.status, put.text).toBe(200);

    const got = await gateway.signed({ target, bucket, key }, quick);
    expect(got.status).toBe(200);
    expect(got.body.equals(body)).toBe(true);
    const head = await gateway.signed({ method: 'HEAD', target, bucket, key }, quick);
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(body.length));

    const plain = (await listed('max-keys=10')).map(bytesOf);
    expect(plain).toEqual([bytesOf(key)]);
    const version2 = (await listed('list-type=2')).map(bytesOf);
    expect(version2).toEqual([bytesOf(key)]);
    const escaped = await listed('encoding-type=url');
    expect(escaped.map((name) => bytesOf(decodeURIComponent(name)))).toEqual([bytesOf(key)]);
    expect(escaped[0]).toMatch(/^[A-Za-z0-9\-_.~/%*!'()]+$/);
    const byPrefix = await listed(`prefix=${encodeComponent(key)}&encoding-type=url`);
    expect(byPrefix).toEqual(escaped);

    const removed = await gateway.signed({ method: 'DELETE', target, bucket, key }, quick);
    expect(removed.status).toBe(204);
    expect(await listed('max-keys=10')).toEqual([]);
    expectRefusal(await gateway.signed({ target, bucket, key }, quick), {
      status: 404,
      code: 'NoSuchKey',
      ec: '0026-00000001',
    });
  });
});

test('all of them beside each other stay apart', async () => {
  for (const key of hostileKeys) {
    const target = `/${bucket}/${encodePath(key)}`;
    const body = Buffer.from(bytesOf(key));
    expect((await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick)).status).toBe(
      200,
    );
  }
  const names = await listed('encoding-type=url&max-keys=1000');
  const expected = [...hostileKeys].map(bytesOf).sort();
  expect(names.map((name) => bytesOf(decodeURIComponent(name)))).toEqual(expected);
  for (const key of hostileKeys) {
    const target = `/${bucket}/${encodePath(key)}`;
    expect((await gateway.signed({ target, bucket, key }, quick)).text).toBe(bytesOf(key));
    const removed = await gateway.signed({ method: 'DELETE', target, bucket, key }, quick);
    expect(removed.status).toBe(204);
  }
});
