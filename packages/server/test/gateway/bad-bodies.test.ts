// Bodies that break off, lie about themselves or are no document: refused, nothing stored, also no
// bytes behind the listing (durability reference §4, errors reference §4).
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  startGateway,
} from '../support/gateway-under-test.ts';
import { requestBytes } from '../support/raw-http.ts';
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

const key = 'k.bin';
const target = `/${bucket}/${key}`;
const put: SignedRaw = { method: 'PUT', target, bucket, key };

type Headers = readonly (readonly [string, string])[];

function headOf(headers: Headers): Buffer {
  return requestBytes(signRaw(gateway.signer, { ...put, headers }));
}

/** One size is kept inline, the other becomes a blob (durability reference §3.1). */
const sizes = [10, 3_000_000];
/** The server may listen for two seconds more so that its refusal is heard, then it closes. */
const watched = { settleMs: 3_000 };
const incomplete = { status: 400, code: 'IncompleteBody', closed: true };

describe('a body that ends early', () => {
  test.each(sizes)('half close, %d bytes missing one', async (size) => {
    const head = headOf([['Content-Length', String(size)]]);
    const bytes = Buffer.concat([head, Buffer.alloc(size - 1, 7)]);
    expectRefusal(await gateway.raw(bytes, { halfClose: true, ...watched }), incomplete);
  });

  test('half close before the first byte', async () => {
    const head = headOf([['Content-Length', '5']]);
    expectRefusal(await gateway.raw(head, { halfClose: true, ...watched }), incomplete);
  });

  test('half close inside a chunked body', async () => {
    const head = headOf([['Transfer-Encoding', 'chunked']]);
    const bytes = Buffer.concat([head, Buffer.from('5\r\nhello\r\n5\r\nwo')]);
    expectRefusal(await gateway.raw(bytes, { halfClose: true, ...watched }), incomplete);
  });

  test('half close of a chunked body without its last chunk', async () => {
    const head = headOf([['Transfer-Encoding', 'chunked']]);
    const bytes = Buffer.concat([head, Buffer.from('5\r\nhello\r\n')]);
    expectRefusal(await gateway.raw(bytes, { halfClose: true, ...watched }), incomplete);
  });

  test.each(sizes)('connection reset in the middle of %d bytes', async (size) => {
    const head = headOf([['Content-Length', String(size)]]);
    for (let round = 0; round < 5; round += 1) {
      const socket = connect(gateway.server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(Buffer.concat([head, Buffer.alloc(size / 2, 7)]));
      await sleep(round * 10);
      socket.resetAndDestroy();
    }
    await sleep(50);
  });
});

describe('the framing of a body', () => {
  test.each([['abc'], ['-1'], ['+5'], ['5x'], ['5.0'], ['0x5'], [''], ['9'.repeat(30)]])(
    'Content-Length %j',
    async (length) => {
      const signed = signRaw(gateway.signer, put);
      const headers = [...(signed.headers ?? []), ['Content-Length', length] as const];
      const response = await gateway.raw(
        requestBytes({ ...signed, headers, body: Buffer.from('hello') }),
      );
      expectRefusal(response, {
        status: 411,
        code: 'MissingContentLength',
        ec: '0017-00000103',
        closed: true,
      });
    },
  );

  test('neither length nor chunks', async () => {
    expectRefusal(await gateway.raw(headOf([])), {
      status: 411,
      code: 'MissingContentLength',
      ec: '0017-00000101',
    });
  });

  test('chunked works, with extensions and trailers', async () => {
    const head = headOf([['Transfer-Encoding', 'chunked']]);
    const chunks = '5\r\nhello\r\n6;name=value\r\n world\r\n0\r\nx-trailer: 1\r\n\r\n';
    const response = await gateway.raw(Buffer.concat([head, Buffer.from(chunks)]));
    expect(response.status).toBe(200);
    const got = await gateway.signed({ target, bucket, key });
    expect(got.text).toBe('hello world');
    expect((await gateway.signed({ ...put, method: 'DELETE' })).status).toBe(204);
  });

  test.each([['zz\r\nhello\r\n0\r\n\r\n'], ['3\r\nhello\r\n0\r\n\r\n'], ['-1\r\n\r\n']])(
    'chunks that are none: %j',
    async (chunks) => {
      const head = headOf([['Transfer-Encoding', 'chunked']]);
      const response = await gateway.raw(Buffer.concat([head, Buffer.from(chunks)]));
      expectRefusal(response, { status: 400, code: 'InvalidRequest', closed: true });
    },
  );

  test.each([['gzip'], ['chunked, gzip'], ['identity'], ['xchunked']])(
    'Transfer-Encoding %s',
    async (encoding) => {
      const head = headOf([['Transfer-Encoding', encoding]]);
      const response = await gateway.raw(
        Buffer.concat([head, Buffer.from('5\r\nhello\r\n0\r\n\r\n')]),
      );
      expect([400, 411]).toContain(response.status);
      expect(response.text).toContain('<Code>');
      expect(response.closed).toBe(true);
    },
  );

  test('larger than 5 GiB', async () => {
    const length = String(5 * 2 ** 30 + 1);
    expectRefusal(await gateway.raw(headOf([['Content-Length', length]]), watched), {
      status: 400,
      code: 'EntityTooLarge',
      elements: { MaxSizeAllowed: String(5 * 2 ** 30), ProposedSize: length },
      closed: true,
    });
  });

  test('a refused request is told so before its body was asked for', async () => {
    const signed = signRaw(
      { ...gateway.signer, accessKeySecret: 'wrong' },
      {
        ...put,
        headers: [
          ['Expect', '100-continue'],
          ['Content-Length', '1000000'],
        ],
      },
    );
    const response = await gateway.raw(requestBytes(signed), watched);
    expectRefusal(response, { status: 403, code: 'SignatureDoesNotMatch', closed: true });
  });
});

describe('what a body says about itself', () => {
  const md5OfOther = 'XrY7u+Ae7tCTyyK7j1rNww==';

  test.each(sizes)('a wrong Content-MD5 of %d bytes', async (size) => {
    const body = Buffer.alloc(size, 7);
    expectRefusal(await gateway.signed({ ...put, body, headers: [['Content-MD5', md5OfOther]] }), {
      status: 400,
      code: 'InvalidDigest',
      ec: '0017-00000503',
      elements: { ExpectedDigest: md5OfOther },
    });
  });

  test.each([['abc'], ['not base64!!'], ['5d41402abc4b2a76b9719d911017c592'], ['AAAA']])(
    'a malformed Content-MD5 %s',
    async (md5) => {
      const headers: Headers = [['Content-MD5', md5]];
      expectRefusal(await gateway.signed({ ...put, body: Buffer.from('hello'), headers }), {
        status: 400,
        code: 'InvalidDigest',
        ec: '0017-00000502',
      });
    },
  );

  test.each(sizes)('a wrong CRC-64 of %d bytes', async (size) => {
    const headers: Headers = [['x-oss-hash-crc64ecma', '123']];
    const refusal = { status: 400, code: 'InvalidCRC64' };
    expectRefusal(await gateway.signed({ ...put, body: Buffer.alloc(size, 7), headers }), refusal);
  });

  test.each([['abc'], ['-1'], ['18446744073709551616']])('CRC-64 %s', async (crc64) => {
    const headers: Headers = [['x-oss-hash-crc64ecma', crc64]];
    const refusal = { status: 400, code: 'InvalidArgument' };
    expectRefusal(await gateway.signed({ ...put, body: Buffer.from('hello'), headers }), refusal);
  });
});

describe('documents of PutBucket', () => {
  const other = 'newbucket';
  const putBucket = (body: Buffer) =>
    gateway.signed({ method: 'PUT', target: `/${other}`, bucket: other, body });

  afterEach(async () => {
    const response = await gateway.signed({ target: `/${other}?location`, bucket: other });
    expectRefusal(response, { status: 404, code: 'NoSuchBucket' });
  });

  const root = (inside: string): string =>
    `<CreateBucketConfiguration>${inside}</CreateBucketConfiguration>`;

  test.each([
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${root('')}`],
    ['an entity', root('<StorageClass>&xxe;</StorageClass>')],
    ['two roots', root('') + root('')],
    ['another root', '<Other/>'],
    ['an open element', '<CreateBucketConfiguration>'],
    ['text before', `hello${root('')}`],
    ['JSON', '{"StorageClass":"IA"}'],
    ['a NUL', root('<StorageClass>\0</StorageClass>')],
    ['a wrong word', root('<StorageClass>Gold</StorageClass>')],
    ['bytes that are not UTF-8', Buffer.from(root('<StorageClass>\xff</StorageClass>'), 'latin1')],
    ['deep nesting', root('<a>'.repeat(5_000) + '</a>'.repeat(5_000))],
  ])('%s', async (_name, document) => {
    const response = await putBucket(Buffer.from(document as string));
    expect(response.status).toBe(400);
    expect(response.text).toMatch(/<Code>(MalformedXML|InvalidArgument)<\/Code>/);
  });

  test('2 MiB', async () => {
    const document = Buffer.from(root(`<StorageClass>${' '.repeat(2 << 20)}</StorageClass>`));
    const refusal = { status: 400, code: 'MalformedXML', closed: true };
    expectRefusal(await putBucket(document), refusal);
  });

  test('2 MiB in chunks', async () => {
    const headers: Headers = [['Transfer-Encoding', 'chunked']];
    const signed = signRaw(gateway.signer, {
      method: 'PUT',
      target: `/${other}`,
      bucket: other,
      headers,
    });
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const bytes = Buffer.concat([requestBytes(signed), Buffer.from(chunk.repeat(32))]);
    const refusal = { status: 400, code: 'MalformedXML', closed: true };
    expectRefusal(await gateway.raw(bytes, watched), refusal);
  });

  test('another region', async () => {
    const document = root('<LocationConstraint>oss-cn-beijing</LocationConstraint>');
    const refusal = { status: 400, code: 'InvalidLocationConstraint' };
    expectRefusal(await putBucket(Buffer.from(document)), refusal);
  });

  test('cut short', async () => {
    const signed = signRaw(gateway.signer, {
      method: 'PUT',
      target: `/${other}`,
      bucket: other,
      headers: [['Content-Length', '500']],
    });
    const bytes = Buffer.concat([requestBytes(signed), Buffer.from(root(''))]);
    expectRefusal(await gateway.raw(bytes, { halfClose: true, ...watched }), incomplete);
  });
});
