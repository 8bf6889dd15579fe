// Security checklist 47: a server that lies or attacks gets no credentials sent elsewhere, no memory
// without bound, and no wrong bytes taken for right ones.

import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { crc64 } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import { OssError } from '../../src/index.ts';
import { keys, testClient } from '../support/client.ts';
import { collect } from '../support/collect.ts';
import { sendWhileOpen } from '../support/endless-answer.ts';
import { failure } from '../support/failure.ts';
import { errorDocument, recordingServer } from '../support/recording-server.ts';
import { transports } from '../support/transports.ts';

describe.each(transports)('%s', (_name, fetch) => {
  test.each([301, 302, 303, 307, 308])('a redirect %d takes nothing anywhere', async (status) => {
    await using thief = await recordingServer((response) => {
      response.end();
    });
    await using server = await recordingServer((response) => {
      response.writeHead(status, { location: `${thief.endpoint}/examplebucket/a` }).end('x');
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const calls = [
      () => client.getObject('a'),
      () => client.putObject('a', 'b'),
      () => client.headObject('a'),
    ];
    for (const call of calls) {
      expect(await failure(call())).toMatchObject({ name: 'TransportError', problem: 'redirect' });
    }
    expect(server.requests.length).toBe(3);
    expect(thief.requests).toEqual([]);
  });

  test('a CRC-64 that is not the body’s', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, { 'x-oss-hash-crc64ecma': String(crc64(Buffer.from('hello'))) });
      response.end('hellO');
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const { body } = await client.getObject('a');
    expect(await failure(body.bytes())).toMatchObject({ name: 'IntegrityError' });
    const stream = (await client.getObject('a')).body.stream();
    expect(await failure(new Response(stream).text())).toMatchObject({ name: 'IntegrityError' });
    const off = testClient({ endpoint: server.endpoint, fetch, checkIntegrity: false });
    expect(await (await off.getObject('a')).body.text()).toBe('hellO');
    const range = testClient({ endpoint: server.endpoint, fetch }).getObject('a', { range: 'x' });
    expect(await failure((await range).body.text())).toMatchObject({ name: 'IntegrityError' });
  });

  test('a body that ends early, with and without a length', async () => {
    await using server = await recordingServer((response, { target }) => {
      response.writeHead(200, target.includes('known') ? { 'content-length': '100' } : {});
      response.write('only this');
      setTimeout(() => response.destroy(), 20);
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    for (const key of ['known', 'chunked']) {
      const { body } = await client.getObject(key);
      const error = await failure(body.bytes());
      expect(error).toMatchObject({ name: 'TransportError', problem: 'network' });
      expect(error.message).toContain('9 bytes');
    }
  });

  test('a part where the whole was asked for', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-1/9' }).end('ab');
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    expect(await failure(client.getObject('a'))).toMatchObject({ problem: 'broken-answer' });
    const part = await client.getObject('a', { range: 'bytes=0-1' });
    expect(await part.body.text()).toBe('ab');
  });

  test.each([
    [
      'an XML bomb',
      `<!DOCTYPE a [<!ENTITY b "${'b'.repeat(999)}">]><Error><Code>&b;</Code></Error>`,
    ],
    ['depth', `${'<a>'.repeat(50_000)}`],
    ['HTML', '<html><head><title>502</title></head><body><br>Bad Gateway</body></html>'],
    ['nothing readable', '\xff\xfe\0\0'],
    ['another document', '<?xml version="1.0"?><ListBucketResult/>'],
    ['no code', '<Error><Message>m</Message></Error>'],
  ])('an error with %s is no refusal of OSS', async (_what, document) => {
    await using server = await recordingServer((response) => {
      response.writeHead(400, { 'x-oss-request-id': 'R1' }).end(document);
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const error = await failure(client.getObject('a'));
    expect(error).toMatchObject({
      name: 'TransportError',
      problem: 'broken-answer',
      status: 400,
      requestId: 'R1',
    });
    expect(error.message).not.toContain('html');
  });

  test.each([
    ['an XML bomb', '<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult>&b;</ListBucketResult>'],
    ['HTML', '<html><body>welcome to this network</body></html>'],
    ['a missing element', '<ListBucketResult><Name>b</Name></ListBucketResult>'],
    ['nothing', ''],
  ])('a listing with %s is a broken answer, not a refusal', async (_what, document) => {
    await using server = await recordingServer((response) => {
      response.writeHead(200).end(document);
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    expect(await failure(client.listObjectsV2())).toMatchObject({
      name: 'TransportError',
      problem: 'broken-answer',
    });
  });

  test.each([
    ['an error', 403],
    ['a listing', 200],
  ])('%s without end is left unread', async (_what, status) => {
    let written = 0;
    await using server = await recordingServer(async (response) => {
      response.writeHead(status).write('<Error>');
      await sendWhileOpen(response, Buffer.alloc(1 << 20, 0x20), () => {
        written += 1;
        return written <= 512;
      });
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    expect(await failure(client.listObjectsV2())).toMatchObject({ problem: 'broken-answer' });
    expect(written).toBeLessThan(128);
  });

  test('a header of megabytes', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, { 'x-oss-meta-a': 'a'.repeat(1_000_000) }).end('x');
    });
    const client = testClient({ endpoint: server.endpoint, fetch, retry: { attempts: 1 } });
    expect(await failure(client.getObject('a'))).toMatchObject({ name: 'TransportError' });
  });

  test('what the server echoes of the credentials is hidden', async () => {
    const credentials = { ...keys, securityToken: 'the-token-of-the-session' };
    await using server = await recordingServer((response, { headers }) => {
      const token = headers['x-oss-security-token'];
      const text = `x-oss-security-token:${token}`;
      response
        .writeHead(403)
        .end(
          errorDocument(
            'SignatureDoesNotMatch',
            `<StringToSign>${text}</StringToSign><StringToSignBytes>${Buffer.from(text).toString('hex')}` +
              `</StringToSignBytes><CanonicalRequest>${text} ${keys.accessKeySecret}</CanonicalRequest>`,
          ),
        );
    });
    const client = testClient({ endpoint: server.endpoint, fetch, credentials });
    const error = await failure(client.getObject('a'));
    expect(error).toMatchObject({
      code: 'SignatureDoesNotMatch',
      details: { StringToSign: 'x-oss-security-token:(hidden)' },
      requestId: '5C3D9175B6FC201293AD4901',
    });
    expect(inspect(error, { depth: 9 })).not.toMatch(
      /the-token-of|the-secret-of|7468652d746f6b656e/,
    );
  });

  test('a listing that never ends is left when it repeats itself', async () => {
    await using server = await recordingServer((response) => {
      response
        .writeHead(200)
        .end(
          '<ListBucketResult><Name>b</Name><Prefix/><MaxKeys>100</MaxKeys><Delimiter/>' +
            '<IsTruncated>true</IsTruncated><NextContinuationToken>same</NextContinuationToken>' +
            '<KeyCount>0</KeyCount></ListBucketResult>',
        );
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const all = collect(client.objects());
    expect(await failure(all)).toMatchObject({ problem: 'broken-answer' });
    expect(server.requests.length).toBe(2);
  });

  test('203 is the failed callback it tells of', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(203).end(errorDocument('CallbackFailed'));
    });
    const put = testClient({ endpoint: server.endpoint, fetch }).putObject('a', 'b');
    expect(await failure(put)).toMatchObject({ code: 'CallbackFailed', status: 203 });
  });

  test('answers without a document: the status tells where it can', async () => {
    await using server = await recordingServer((response, { target }) => {
      response.writeHead(Number(/\d{3}/.exec(target)?.[0]), { 'x-oss-ec': '0026-00000001' }).end();
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    for (const [key, code] of [
      ['404', 'NoSuchKey'],
      ['304', 'NotModified'],
      ['412', 'PreconditionFailed'],
      ['403', 'AccessDenied'],
    ] as const) {
      expect(await failure(client.headObject(key))).toMatchObject({ name: 'OssError', code });
      expect(await failure(client.getObject(key))).toBeInstanceOf(OssError);
    }
    expect(await failure(client.headBucket({ bucket: 'bucket-404' }))).toMatchObject({
      code: 'NoSuchBucket',
      ec: '0026-00000001',
    });
    expect(await failure(client.headObject('400'))).toMatchObject({
      name: 'TransportError',
      status: 400,
    });
  });

  test('no server at all', async () => {
    const client = testClient({ endpoint: 'http://127.0.0.1:9', fetch });
    expect(await failure(client.headBucket())).toMatchObject({ problem: 'network' });
  });
});

test.each(['4', '6'])('a transport that misses a length of %s is checked too', async (length) => {
  const fetch = async () => new Response('hello', { headers: { 'content-length': length } });
  const { body } = await testClient({ fetch }).getObject('a');
  expect(await failure(body.bytes())).toMatchObject({ name: 'IntegrityError' });
});

describe('compressed objects', () => {
  const zipped = gzipSync('hello');
  const lying = { 'content-encoding': 'gzip', 'x-oss-hash-crc64ecma': '1' };

  test('nodeFetch hands over what is stored, and checks it', async () => {
    const [, nodeFetch] = transports[1] ?? [];
    await using server = await recordingServer((response, { target }) => {
      const right = { ...lying, 'x-oss-hash-crc64ecma': String(crc64(zipped)) };
      response.writeHead(200, target.includes('right') ? right : lying).end(zipped);
    });
    const client = testClient({ endpoint: server.endpoint, fetch: nodeFetch });
    const { body } = await client.getObject('right');
    expect(Buffer.from(await body.bytes()).equals(zipped)).toBe(true);
    const wrong = (await client.getObject('wrong')).body;
    expect(await failure(wrong.bytes())).toMatchObject({ name: 'IntegrityError' });
  });

  test('the platform’s fetch decompresses, so their stored length and sum say nothing', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, { ...lying, 'content-length': zipped.length }).end(zipped);
    });
    const { body } = await testClient({ endpoint: server.endpoint }).getObject('a');
    expect(await body.text()).toBe('hello');
  });
});
