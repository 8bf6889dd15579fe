// Where requests go, seen through the URLs that are signed.
import { describe, expect, test } from 'vitest';
import { ClientError, type OssClientOptions } from '../../src/index.ts';
import { testClient } from '../support/client.ts';

async function address(options: Partial<OssClientOptions>, key = 'k'): Promise<string> {
  const { url } = await testClient(options).presign('GET', key);
  return url.slice(0, url.indexOf('?'));
}

test.each([
  ['oss-cn-hangzhou.aliyuncs.com', 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/k'],
  ['http://oss-cn-hangzhou.aliyuncs.com/', 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/k'],
  ['https://OSS.Example.com:8443', 'https://examplebucket.oss.example.com:8443/k'],
  ['https://oss.example.com:443', 'https://examplebucket.oss.example.com/k'],
  ['http://192.0.2.1:6770', 'http://192.0.2.1:6770/examplebucket/k'],
  ['https://192.0.2.1', 'https://192.0.2.1/examplebucket/k'],
  ['192.0.2.1', 'https://192.0.2.1/examplebucket/k'],
  ['127.0.0.1:6770', 'http://127.0.0.1:6770/examplebucket/k'],
  ['localhost:6770', 'http://localhost:6770/examplebucket/k'],
  ['https://localhost', 'https://localhost/examplebucket/k'],
  ['http://[2001:db8::1]:80', 'http://[2001:db8::1]/examplebucket/k'],
  ['store.localhost:6770', 'https://examplebucket.store.localhost:6770/k'],
])('endpoint %s', async (endpoint, expected) => {
  expect(await address({ endpoint })).toBe(expected);
});

test('the style can be said', async () => {
  const endpoint = 'https://oss.example.com';
  expect(await address({ endpoint, addressing: 'path' })).toBe(`${endpoint}/examplebucket/k`);
  expect(await address({ endpoint: 'http://localhost:1', addressing: 'virtual' })).toBe(
    'http://examplebucket.localhost:1/k',
  );
  expect(await address({ endpoint, cname: true, addressing: 'path' })).toBe(`${endpoint}/k`);
});

test.each([
  ['a/../b', 'a%2F..%2Fb'],
  ['../a', '..%2Fa'],
  ['./a/b', '.%2Fa%2Fb'],
  ['a/..', 'a%2F..'],
  ['a//b', 'a//b'],
  ['a/...', 'a/...'],
  ['a/.b/c.', 'a/.b/c.'],
  ['100%/%2e%2e/+', '100%25/%252e%252e/%2B'],
])('the key %s is one that no URL parser changes', async (key, path) => {
  const url = await address({}, key);
  expect(url).toBe(`http://127.0.0.1:6770/examplebucket/${path}`);
  expect(new URL(url).href).toBe(url);
});

describe('no endpoint', () => {
  test.each([
    '',
    'ftp://example.com',
    'https://example.com/path',
    'https://example.com?x',
    'https://a b',
    'https://example.com\\@evil.com',
    'example.com:99999',
    'https://',
    'http://::1',
  ])('%j', (endpoint) => {
    expect(() => testClient({ endpoint })).toThrow(ClientError);
  });

  test('a password in it is not repeated', () => {
    const endpoint = 'https://user:pa55word@example.com';
    expect(() => testClient({ endpoint })).toThrow(/example\.com/);
    expect(() => testClient({ endpoint })).not.toThrow(/pa55word/);
  });

  test('an IP address with the bucket before it', () => {
    const options = { endpoint: 'http://192.0.2.1', addressing: 'virtual' } as const;
    expect(() => testClient(options)).toThrow(/path/);
  });

  test('a region that is none', () => {
    expect(() => testClient({ region: 'oss-cn-hangzhou.aliyuncs.com' })).toThrow(/region/);
  });
});

test('oss- before the region is left out of the signature', async () => {
  const { url } = await testClient({ region: 'oss-cn-beijing' }).presign('GET', 'a');
  expect(new URL(url).searchParams.get('x-oss-credential')).toMatch(/\/cn-beijing\/oss\//);
});

test('no bucket, neither here nor for the client', async () => {
  const client = testClient({ bucket: undefined });
  await expect(client.presign('GET', 'a')).rejects.toMatchObject({ problem: 'bucket' });
  const { url } = await client.presign('GET', 'a', { bucket: 'other-bucket' });
  expect(url).toContain('/other-bucket/a?');
});
