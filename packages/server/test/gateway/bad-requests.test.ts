// Requests that have two readings, are too large, or ask for what is not there: refused with the
// right words, nothing stored, and the server still works (choices rows 10-12, 20, 21).
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  type Refusal,
  startGateway,
} from '../support/gateway-under-test.ts';
import { type RawRequest, requestBytes } from '../support/raw-http.ts';
import { type SignedRaw, signRaw } from '../support/signed-raw.ts';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});

afterEach(async () => {
  await gateway.expectNothingStored();
  await gateway.expectHealthy();
});

afterAll(() => gateway.server.stop());

const key = 'k.txt';
const put: SignedRaw = {
  method: 'PUT',
  target: `/${bucket}/${key}`,
  bucket,
  key,
  body: Buffer.from('hello'),
};

type Header = readonly [string, string];

/** A good signed PUT with header fields added after signing. */
function putWith(...added: Header[]): Buffer {
  const signed = signRaw(gateway.signer, put);
  return requestBytes({ ...signed, headers: [...(signed.headers ?? []), ...added] });
}

function withHeaders(change: (headers: readonly Header[]) => readonly Header[]): RawRequest {
  const signed = signRaw(gateway.signer, put);
  return { ...signed, headers: change(signed.headers ?? []) };
}

describe('headers that may be sent once only', () => {
  test.each([
    ['Host', () => gateway.host],
    ['Host', () => 'other.example.com'],
    ['Authorization', () => 'OSS4-HMAC-SHA256 Credential=a/b/c/d/e,Signature=f'],
    ['Content-Type', () => 'text/html'],
    ['Content-MD5', () => 'XUFAKrxLKna5cZ2REBfFkg=='],
    ['Content-Encoding', () => 'gzip'],
    ['Date', () => 'Thu, 15 Jan 2026 12:00:00 GMT'],
    ['Range', () => 'bytes=0-1'],
  ])('two %s', async (name, value) => {
    const one = name === 'Host' || name === 'Authorization' ? 1 : 2;
    const added = Array.from({ length: one }, (): Header => [name, value()]);
    expectRefusal(await gateway.raw(putWith(...added)), {
      status: 400,
      code: 'InvalidArgument',
      elements: { ArgumentName: name.toLowerCase() },
      closed: true,
    });
  });

  test.each([['5'], ['6']])('two Content-Length, the second %s', async (length) => {
    const response = await gateway.raw(putWith(['Content-Length', length]));
    expect([400, 411]).toContain(response.status);
    expect(response.closed).toBe(true);
    expect(response.text).toContain('<Code>');
  });

  test('Content-Length beside Transfer-Encoding: chunked', async () => {
    const response = await gateway.raw(putWith(['Transfer-Encoding', 'chunked']));
    expect([400, 411]).toContain(response.status);
    expect(response.closed).toBe(true);
  });
});

describe('size of the header section', () => {
  const tooLarge: Refusal = {
    status: 400,
    code: 'InvalidRequest',
    message: /32 KiB/,
    closed: true,
  };
  const tooMany: Refusal = { status: 400, code: 'InvalidRequest', message: /200/, closed: true };

  const fields = (count: number, bytes: number): Header[] =>
    Array.from({ length: count }, (_, index): Header => [`h${index}`, 'v'.repeat(bytes)]);

  test.each<[string, Header[], Refusal]>([
    ['33 KiB', fields(33, 1024), tooLarge],
    ['one field of 40 KiB', fields(1, 40 * 1024), tooLarge],
    ['70 KiB', fields(70, 1024), tooLarge],
    ['one field of 1 MiB', fields(1, 1024 * 1024), tooLarge],
    ['2,500 fields', fields(2_500, 1), tooMany],
    ['201 fields', fields(201 - 5, 1), tooMany],
  ])('%s', async (_name, added, refusal) => {
    expectRefusal(await gateway.raw(putWith(...added)), refusal);
  });

  test('200 fields of 31 KiB pass', async () => {
    const response = await gateway.raw(putWith(...fields(200 - 5, 150)));
    expect(response.status).toBe(200);
    await gateway.signed({ ...put, method: 'DELETE' });
  });
});

describe('host and target', () => {
  test('no Host', async () => {
    const request = withHeaders((headers) => headers.filter(([name]) => name !== 'Host'));
    const refusal = { status: 400, code: 'InvalidRequest', message: /Host/, closed: true };
    expectRefusal(await gateway.raw(requestBytes(request)), refusal);
  });

  test('empty Host', async () => {
    const request = withHeaders((headers) =>
      headers.map(([name, value]): Header => [name, name === 'Host' ? '' : value]),
    );
    const refusal = { status: 400, code: 'InvalidRequest', message: /Host/, closed: true };
    expectRefusal(await gateway.raw(requestBytes(request)), refusal);
  });

  test('absolute-form target with another host', async () => {
    const target = `http://other.example.com${put.target}`;
    const signed = signRaw(gateway.signer, put);
    expectRefusal(await gateway.raw(requestBytes({ ...signed, target })), {
      status: 400,
      code: 'InvalidArgument',
      elements: { ArgumentName: 'Host' },
      closed: true,
    });
  });

  test('absolute-form target with the same host works', async () => {
    const target = `http://${gateway.host}${put.target}`;
    expect((await gateway.signed({ ...put, target })).status).toBe(200);
    const remove = { method: 'DELETE', target, bucket, key };
    expect((await gateway.signed(remove)).status).toBe(204);
  });

  test.each([['no-slash'], ['/examplebucket/a b'], ['/examplebucket/a\x01b'], ['/x HTTP/1.1 y']])(
    'malformed target %j',
    async (target) => {
      const bytes = requestBytes({ target, headers: [['Host', gateway.host]] });
      const response = await gateway.raw(bytes);
      expect(response.status).toBe(400);
      expect(response.text).toContain('<Code>');
    },
  );

  test('a good request with rubbish behind it has its own answer, then the connection ends', async () => {
    const bytes = Buffer.concat([putWith(), Buffer.from('rubbish\r\n\r\n')]);
    const response = await gateway.raw(bytes);
    expect([response.status, response.closed]).toEqual([200, true]);
    expect((await gateway.signed({ ...put, method: 'DELETE' })).status).toBe(204);
  });

  test('bytes that are no HTTP', async () => {
    const refusal = { status: 400, code: 'InvalidRequest', closed: true };
    expectRefusal(await gateway.raw(Buffer.from('\x16\x03\x01 hello\r\n\r\n')), refusal);
  });
});

describe('signatures in two places', () => {
  test.each([
    ['x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-signature=00'],
    ['OSSAccessKeyId=a&Expires=1&Signature=b'],
    ['x-oss-signature-version=OSS2'],
  ])('header and URL %s', async (query) => {
    expectRefusal(await gateway.signed({ ...put, target: `${put.target}?${query}` }), {
      status: 400,
      code: 'InvalidArgument',
      ec: '0002-00000039',
    });
  });

  test('unknown signature version', async () => {
    const target = `${put.target}?x-oss-signature-version=OSS9`;
    const request = { target, headers: [['Host', gateway.host] as const] };
    expectRefusal(await gateway.raw(requestBytes(request)), {
      status: 400,
      code: 'InvalidArgument',
      ec: '0002-00000066',
    });
  });

  test.each([
    ['', undefined],
    ['Bearer abc', '0002-00000061'],
    ['OSS abc', '0002-00000062'],
    ['OSS :abc', '0002-00000063'],
    ['OSS4-HMAC-SHA256 Signature=1', /^0002-0000020[25]$/],
    ['OSS4-HMAC-SHA256 Credential=a/b,Signature=1', '0002-00000213'],
  ])('malformed Authorization %j', async (authorization, ec) => {
    const request = withHeaders((headers) =>
      headers.map(([name, old]): Header => [name, name === 'Authorization' ? authorization : old]),
    );
    expectRefusal(await gateway.raw(requestBytes(request)), {
      status: 400,
      code: 'InvalidArgument',
      ...(ec === undefined ? {} : { ec }),
    });
  });
});

describe('query names', () => {
  test('unknown ones are ignored', async () => {
    const target = `${put.target}?utm_source=mail&__proto__=x&constructor&=&a=b=c`;
    expect((await gateway.signed({ ...put, target })).status).toBe(200);
    const remove = { method: 'DELETE', target, bucket, key };
    expect((await gateway.signed(remove)).status).toBe(204);
  });

  test.each([
    ['GET', 'cors'],
    ['GET', 'lifecycle'],
    ['PUT', 'stat'],
    ['PUT', 'versions'],
    ['DELETE', 'location'],
  ])('%s of an object with ?%s', async (method, name) => {
    const request = { ...put, method, target: `${put.target}?${name}` };
    expectRefusal(await gateway.signed(request), {
      status: 400,
      code: 'InvalidArgument',
      ec: '0017-00000219',
      message: 'Unexpected query string parameter',
      elements: { ArgumentName: 'ResourceType', ArgumentValue: name },
    });
  });

  test.each([
    ['PUT', '', 'lifecycle', 'PutBucketLifecycle'],
    ['GET', '', 'stat', 'GetBucketStat'],
    ['GET', '', 'policy', 'GetBucketPolicy'],
    ['POST', '', 'delete', 'DeleteMultipleObjects'],
    ['PUT', '/k', 'tagging', 'PutObjectTagging'],
    ['POST', '/k', 'uploads', 'InitiateMultipartUpload'],
    ['PUT', '/k', 'partNumber=1&uploadId=x', 'UploadPart'],
    ['POST', '/k', 'append&position=0', 'AppendObject'],
    ['GET', '/k', 'x-oss-process=image/resize,w_1', 'ImageProcess'],
  ])('not built: %s /b%s?%s', async (method, path, query, name) => {
    const request: SignedRaw = {
      method,
      target: `/${bucket}${path}?${query}`,
      bucket,
      ...(path === '' ? {} : { key: path.slice(1) }),
      body: Buffer.from('x'),
    };
    expectRefusal(await gateway.signed(request), {
      status: 400,
      code: 'NotImplemented',
      elements: { Operation: name },
    });
  });

  test('a method that OSS does not have', async () => {
    const refusal = { status: 405, code: 'MethodNotAllowed' };
    expectRefusal(await gateway.signed({ ...put, method: 'PATCH' }), refusal);
  });

  test('over 1,000 parameters', async () => {
    const query = Array.from({ length: 1_001 }, (_, index) => `p${index}`).join('&');
    const bytes = requestBytes({
      target: `${put.target}?${query}`,
      headers: [['Host', gateway.host]],
    });
    expectRefusal(await gateway.raw(bytes), { status: 400, code: 'InvalidRequest' });
  });
});

describe('headers that PutObject does not have', () => {
  test.each([
    ['If-Match', '"x"'],
    ['If-None-Match', '*'],
    ['If-Modified-Since', 'Thu, 15 Jan 2026 12:00:00 GMT'],
    ['If-Unmodified-Since', 'Thu, 15 Jan 2026 12:00:00 GMT'],
    ['x-oss-tagging', 'a=b'],
    ['x-oss-callback', 'e30='],
    ['x-oss-server-side-encryption', 'AES256'],
    ['x-oss-traffic-limit', '819200'],
  ])('%s', async (name, value) => {
    expectRefusal(await gateway.signed({ ...put, headers: [[name, value]] }), {
      status: 400,
      code: 'NotImplemented',
      ec: '0017-00000245',
      elements: { Header: name.toLowerCase() },
    });
  });

  test.each([
    ['x-oss-object-acl', 'public'],
    ['x-oss-storage-class', 'Gold'],
    ['x-oss-forbid-overwrite', 'yes'],
  ])('a wrong value of %s', async (name, value) => {
    const refusal = { status: 400, code: 'InvalidArgument' };
    expectRefusal(await gateway.signed({ ...put, headers: [[name, value]] }), refusal);
  });
});
