// Names of buckets and keys that cannot be: refused with the right words, nothing stored
// (choices row 13, errors reference §2).
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, requestBytes } from '../support/raw-http.ts';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});

afterEach(async () => {
  await gateway.expectNothingStored();
  await gateway.expectHealthy();
});

afterAll(() => gateway.server.stop());

const body = Buffer.from('hello');

describe('bucket names', () => {
  test.each([
    ['ab'],
    ['a'.repeat(64)],
    ['Examplebucket'],
    ['example_bucket'],
    ['example.bucket'],
    ['-example'],
    ['example-'],
    ['中文桶'],
    ['..'],
    ['%'],
    ['__proto__'],
  ])('%j in the path', async (name) => {
    const target = `/${encodeURIComponent(name)}`;
    for (const method of ['PUT', 'GET', 'DELETE']) {
      expectRefusal(await gateway.signed({ method, target, bucket: name }), {
        status: 400,
        code: 'InvalidBucketName',
        ec: '0015-00000001',
        elements: { BucketName: name },
      });
    }
  });

  test('%2F in the bucket name', async () => {
    const request = { method: 'PUT', target: '/aaa%2Fbbb', bucket: 'aaa/bbb' };
    const refusal = { status: 400, code: 'InvalidBucketName' };
    expectRefusal(await gateway.signed(request), refusal);
  });

  test('an empty one before a key', async () => {
    const request = { method: 'PUT', target: '//k', bucket: '', key: 'k', body };
    const refusal = { status: 400, code: 'InvalidBucketName' };
    expectRefusal(await gateway.signed(request), refusal);
  });

  test.each([['AB_C'], ['x'], ['a.b']])('%j in the host', async (label) => {
    const host = `${label}.oss-cn-hangzhou.aliyuncs.com`;
    const response = await gateway.raw(requestBytes({ target: '/k', headers: [['Host', host]] }));
    const refusal = { status: 400, code: 'InvalidBucketName', elements: { HostId: host } };
    expectRefusal(response, refusal);
  });

  test('a host longer than any domain leads to no bucket, like any other that is unknown', async () => {
    const ask = async (host: string) => {
      const sent = requestBytes({ target: '/no-such-bucket/k', headers: [['Host', host]] });
      const { status, text } = await gateway.raw(sent);
      return { status, code: element(text, 'Code'), bucket: element(text, 'BucketName') };
    };
    const unknown = await ask('files.example.com');
    expect(unknown.status).toBeLessThan(500);
    expect(await ask(`${'a.'.repeat(800)}example.com`)).toEqual(unknown);
  });

  test('a missing bucket says so before a wrong signature does', async () => {
    const headers = [
      ['Host', gateway.host],
      ['Authorization', 'OSS nobody:nothing'],
    ] as const;
    const response = await gateway.raw(requestBytes({ target: '/no-such-bucket/k', headers }));
    expectRefusal(response, {
      status: 404,
      code: 'NoSuchBucket',
      ec: '0015-00000101',
      elements: { BucketName: 'no-such-bucket' },
    });
  });
});

describe('key names', () => {
  const refused = async (path: string, key: string, code: string, message: string | RegExp) => {
    const target = `/${bucket}/${path}`;
    const request = { method: 'PUT', target, bucket, key, body };
    expectRefusal(await gateway.signed(request), { status: 400, code, message });
  };

  const tooLong = 'The Length of Object name must be less than 1024.';
  const notValid = 'The specified object is not valid.';
  const notUtf8 = 'The characters encoding must be utf-8.';

  test.each([
    ['1,024 bytes', 'k'.repeat(1_024), 'k'.repeat(1_024)],
    ['1,026 bytes in 342 characters', encodeURIComponent('中'.repeat(342)), '中'.repeat(342)],
    ['8,000 bytes', 'k'.repeat(8_000), 'k'.repeat(8_000)],
  ])('%s', (_name, path, key) => refused(path, key, 'InvalidObjectName', tooLong));

  test.each([
    ['k'.repeat(1_023), 'k'.repeat(1_023)],
    [encodeURIComponent('中'.repeat(341)), '中'.repeat(341)],
  ])('exactly 1,023 bytes work', async (path, key) => {
    const target = `/${bucket}/${path}`;
    const stored = await gateway.signed({ method: 'PUT', target, bucket, key, body });
    expect(stored.status).toBe(200);
    const got = await gateway.signed({ target, bucket, key });
    expect([got.status, got.text]).toEqual([200, 'hello']);
    expect((await gateway.signed({ method: 'DELETE', target, bucket, key })).status).toBe(204);
  });

  test.each([
    ['/k', '/k'],
    ['%2Fk', '/k'],
    ['/', '/'],
    ['\\k', '\\k'],
    ['%5Ck', '\\k'],
    ['a%00b', 'a\0b'],
    ['%00', '\0'],
  ])('%s', (path, key) => refused(path, key, 'InvalidObjectName', notValid));

  test.each([
    ['%FF'],
    ['%ED%A0%80'],
    ['%ED%BF%BF'],
    ['%C0%AF'],
    ['%F4%90%80%80'],
    ['%E4%B8'],
    ['a%80'],
  ])('bytes that are not UTF-8: %s', (path) => refused(path, path, 'InvalidArgument', notUtf8));

  test.each([['%zz'], ['a%'], ['a%2'], ['%u4e2d'], ['%%20']])('a broken escape: %s', (path) =>
    refused(path, path, 'InvalidArgument', /two hexadecimal digits/),
  );

  test.each([['prefix=%FF'], ['prefix=%zz'], ['%ED%A0%80'], ['marker=%']])(
    'a query with %s',
    async (query) => {
      const bytes = requestBytes({
        target: `/${bucket}?${query}`,
        headers: [['Host', gateway.host]],
      });
      expectRefusal(await gateway.raw(bytes), { status: 400, code: 'InvalidArgument' });
    },
  );
});
