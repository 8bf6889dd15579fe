// Every operation against a server of ours, over a real socket, in both signature versions and with both
// transports, on the keys that signers and URL parsers get wrong.

import { crc64 } from '@osskeep/protocol';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OssClient, OssClientOptions, UploadBody } from '../src/index.ts';
import { nodeFetch } from '../src/node/index.ts';
import { clientOf, noWaiting, rootKey } from './support/client.ts';
import { collect } from './support/collect.ts';
import { failure } from './support/failure.ts';
import { transports } from './support/transports.ts';

let server: Osskeep;

beforeAll(async () => {
  server = await startOsskeep({ rootKey });
});

afterAll(async () => {
  await server?.stop();
});

const connect = (options: Partial<OssClientOptions> = {}): OssClient => clientOf(server, options);

const hardKeys = [
  'plain.txt',
  'with space/and more',
  'plus+sign',
  'percent%20%2F%',
  '中文/文件.txt',
  'emoji-😀',
  '../up',
  'a/../b',
  'a/./b',
  './a',
  'a/..',
  'a/b/.',
  '...',
  'a//b',
  'a/',
  '__proto__',
  'constructor',
  '?acl',
  '#hash',
  'back\\slash',
  'quote\'"<>&amp;',
  "sub-delims!*();:@&=$,~'",
  'line\nbreak\ttab\x01',
  '\u202eoverride',
  'é and e\u0301',
  '%2e%2e/x',
];

describe.each(transports)('%s', (name, fetch) => {
  describe.each(['v4', 'v1'] as const)('%s', (signatureVersion) => {
    const bucket = `hard-${signatureVersion}-${fetch === undefined ? 'p' : 'n'}`;
    const client = (): OssClient => connect({ fetch, signatureVersion, bucket });

    test('buckets: made, seen, told of, deleted', async () => {
      const other = { bucket: `${bucket}-2` };
      expect(await client().bucketExists(other)).toBe(false);
      await client().putBucket({ acl: 'private', storageClass: 'IA' }, other);
      expect(await client().bucketExists(other)).toBe(true);
      expect(await client().headBucket(other)).toBeDefined();
      const { bucket: info } = await client().getBucketInfo(other);
      expect(info).toMatchObject({ name: other.bucket, storageClass: 'IA' });
      const { location } = await client().getBucketLocation(other);
      expect(location).toBe(`oss-${server.region}`);
      const { buckets, owner } = await client().listBuckets({ prefix: other.bucket });
      expect(buckets.map((found) => found.name)).toEqual([other.bucket]);
      expect(owner.id).not.toBe('');
      await client().deleteBucket(other);
      expect(await failure(client().getBucketInfo(other))).toMatchObject({
        name: 'OssError',
        code: 'NoSuchBucket',
        status: 404,
        requestId: expect.stringMatching(/^[0-9A-F]{24}$/),
      });
    });

    test('every hard key: put, head, meta, get, range, link, list, delete', async () => {
      await client().putBucket();
      for (const key of hardKeys) await roundTrip(client(), key, signatureVersion);
      const listed = await collect(client().objects({ maxKeys: 3 }));
      const expected = [...hardKeys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(listed.map(({ key }) => key)).toEqual(expected);
      for (const key of hardKeys) await client().deleteObject(key);
      expect((await client().listObjects()).contents).toEqual([]);
      await client().deleteBucket();
    });
  });

  test(`the keys . and .. with ${name}`, async () => {
    const client = connect({ fetch });
    await client.putBucket({}, { bucket: 'dots' });
    for (const key of ['.', '..']) {
      const put = client.putObject(key, key, { bucket: 'dots' });
      if (fetch !== nodeFetch) {
        await expect(put).rejects.toMatchObject({ name: 'ClientError', problem: 'key' });
        continue;
      }
      await put;
      expect(await (await client.getObject(key, { bucket: 'dots' })).body.text()).toBe(key);
    }
  });
});

async function roundTrip(client: OssClient, key: string, version: 'v4' | 'v1'): Promise<void> {
  const body = Buffer.from(`body of ${key}`);
  const put = await client.putObject(key, body, {
    contentType: 'text/x-test',
    metadata: { name: '值 é' },
  });
  expect(put.crc64).toBe(crc64(body));
  const head = await client.headObject(key);
  expect(head).toMatchObject({ contentLength: body.length, contentType: 'text/x-test' });
  expect({ ...head.metadata }).toEqual({ name: '值 é' });
  expect(await client.getObjectMeta(key)).toMatchObject({ etag: put.etag });
  const got = await client.getObject(key);
  expect(got.etag).toBe(put.etag);
  expect(Buffer.from(await got.body.bytes()).equals(body)).toBe(true);
  const part = await client.getObject(key, { range: 'bytes=1-3' });
  expect(await part.body.text()).toBe('ody');
  expect(part.contentRange).toBe(`bytes 1-3/${body.length}`);
  if (version === 'v1' && key.includes('?')) return;
  const link = await client.presign('GET', key, { response: { contentType: 'text/plain' } });
  // The plain fetch of a browser, not one of the client's.
  const answer = await fetch(link.url, { headers: link.headers });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain']);
  expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
}

describe('links', () => {
  beforeAll(async () => {
    await connect().putBucket();
  });

  test.each(['v4', 'v1'] as const)('%s: put, head, get, delete by links alone', async (version) => {
    const client = connect({ signatureVersion: version });
    const key = `links/${version} + 中文`;
    const upload = await client.presign('PUT', key, {
      contentType: 'text/plain',
      headers: { 'x-oss-meta-note': 'hi' },
    });
    const without = await fetch(upload.url, { method: 'PUT', body: 'hello' });
    expect(without.status).toBe(403);
    await without.text();
    const put = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: 'hello' });
    expect(put.status).toBe(200);
    const head = await client.presign('HEAD', key);
    expect((await fetch(head.url, { method: 'HEAD' })).headers.get('x-oss-meta-note')).toBe('hi');
    const get = await client.presign('GET', key);
    expect(await (await fetch(get.url)).text()).toBe('hello');
    const altered = await fetch(get.url.replace('links', 'linkz'));
    expect(altered.status).toBe(403);
    expect(await altered.text()).toContain('SignatureDoesNotMatch');
    const gone = await client.presign('DELETE', key);
    expect((await fetch(gone.url, { method: 'DELETE' })).status).toBe(204);
    expect(await failure(client.headObject(key))).toMatchObject({ code: 'NoSuchKey' });
  });

  test('a link that has ended says so', async () => {
    const past = connect({ clock: { now: () => Date.now() - 120_000 } });
    const { url } = await past.presign('GET', 'any', { expires: 60 });
    const answer = await fetch(url);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Request has expired.');
  });

  test('additional headers, host among them, are part of the promise', async () => {
    const client = connect();
    await client.putObject('additional', 'x');
    const link = await client.presign('GET', 'additional', {
      headers: { 'if-none-match': '"none"' },
      additionalHeaders: ['host', 'if-none-match'],
    });
    expect((await fetch(link.url, { headers: link.headers })).status).toBe(200);
    const without = await fetch(link.url);
    expect(without.status).toBe(400);
  });
});

describe('calls', () => {
  beforeAll(async () => {
    await connect().putBucket();
  });

  test('a clock a day off is put right by the server’s answer', async () => {
    for (const signatureVersion of ['v4', 'v1'] as const) {
      for (const offMs of [-86_400_000, 86_400_000]) {
        const clock = { now: () => Date.now() + offMs };
        const retry = { ...noWaiting(), attempts: 2 };
        const client = connect({ signatureVersion, clock, retry });
        expect(await client.bucketExists()).toBe(true);
        expect((await client.listObjectsV2()).name).toBe('examplebucket');
      }
    }
  });

  test('streams of every kind arrive whole', async () => {
    const chunk = Buffer.alloc(100_000, 7);
    async function* iterable(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 30; i += 1) yield chunk;
    }
    const blob = new Blob(Array.from({ length: 30 }, () => chunk));
    const expected = crc64(Buffer.alloc(3_000_000, 7));
    for (const fetch of [undefined, nodeFetch]) {
      const client = connect({ fetch });
      const bodies: UploadBody[] = [iterable(), blob.stream(), iterable, () => blob.stream(), blob];
      for (const body of bodies) {
        const { crc64: stored } = await client.putObject('stream', body);
        expect(stored).toBe(expected);
        const { body: back } = await client.getObject('stream');
        expect(crc64(await back.bytes())).toBe(expected);
      }
    }
  });

  test('conditions, overwriting, unknown keys', async () => {
    const client = connect();
    const { etag } = await client.putObject('once', '1', { forbidOverwrite: true });
    expect(await failure(client.putObject('once', '2', { forbidOverwrite: true }))).toMatchObject({
      code: 'FileAlreadyExists',
      status: 409,
    });
    expect(await failure(client.getObject('once', { ifNoneMatch: `"${etag}"` }))).toMatchObject({
      code: 'NotModified',
      status: 304,
    });
    expect(await failure(client.getObject('once', { ifMatch: '"other"' }))).toMatchObject({
      code: 'PreconditionFailed',
    });
    expect(await failure(client.headObject('never'))).toMatchObject({
      code: 'NoSuchKey',
      ec: '0026-00000001',
    });
  });

  test('a wrong secret is told, and stands in no text', async () => {
    const credentials = { ...rootKey, accessKeySecret: 'a wrong secret' };
    const error = await failure(connect({ credentials }).listBuckets());
    expect(error).toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
    expect(JSON.stringify(error) + error.stack).not.toContain('a wrong secret');
  });

  test('listing with a delimiter: objects and folders, page by page', async () => {
    const client = connect();
    for (const key of ['d/1', 'd/a/1', 'd/a/2', 'd/b/1', 'd/2']) await client.putObject(key, key);
    const input = { prefix: 'd/', maxKeys: 1 };
    const folders = await collect(client.prefixes(input));
    expect(folders.map(({ prefix }) => prefix)).toEqual(['d/a/', 'd/b/']);
    const pages = await collect(client.objectPages({ ...input, delimiter: '/' }));
    expect(pages.flatMap(({ contents }) => contents.map(({ key }) => key))).toEqual(['d/1', 'd/2']);
    const first = await client.listObjects({ prefix: 'd/', maxKeys: 2 });
    expect([first.isTruncated, first.nextMarker]).toEqual([true, 'd/2']);
    for (let i = 0; i < 5; i += 1) await client.putBucket({}, { bucket: `pages-${i}` });
    const buckets = await collect(client.buckets({ prefix: 'pages-', maxKeys: 2 }));
    expect(buckets.length).toBe(5);
  });

  test('further headers and parameters are sent and signed', async () => {
    const client = connect();
    await client.putObject('extra', 'x', { headers: { 'x-oss-meta-extra': 'yes' } });
    const head = await client.headObject('extra', { query: { 'x-oss-unknown': '1 +' } });
    expect(head.metadata['extra']).toBe('yes');
    for (const headers of [{ Host: 'x' }, { Authorization: 'x' }, { 'Content-Length': '1' }]) {
      await expect(client.headObject('extra', { headers })).rejects.toMatchObject({
        problem: 'argument',
      });
    }
  });
});
