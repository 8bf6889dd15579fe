// Files up and down: whole or not there.
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc64 } from '@osskeep/protocol';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OssClient } from '../../src/index.ts';
import { getObjectToFile, mediaType, nodeFetch, putObjectFromFile } from '../../src/node/index.ts';
import { noWaiting, testClient } from '../support/client.ts';
import { failure } from '../support/failure.ts';
import { errorDocument, recordingServer } from '../support/recording-server.ts';

let server: Osskeep;
let folder: string;
let client: OssClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osskeep-client-'));
  const rootKey = { accessKeyId: 'OSSKTESTROOT', accessKeySecret: 'a secret only tests use' };
  server = await startOsskeep({ rootKey });
  client = new OssClient({
    endpoint: server.endpoint,
    region: server.region,
    bucket: 'filebucket',
    credentials: rootKey,
    retry: noWaiting(),
  });
  await client.putBucket();
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

function pattern(bytes: number): Buffer {
  const whole = Buffer.alloc(bytes);
  for (let i = 0; i < bytes; i += 1) whole[i] = (i * 31 + (i >> 8)) & 255;
  return whole;
}

test.each([0, 1, 256 * 1024, 256 * 1024 + 1, 3_000_001])(
  '%d bytes go up and come back',
  async (n) => {
    const bytes = pattern(n);
    const up = join(folder, `up-${n}.PNG`);
    await writeFile(up, bytes);
    const put = await putObjectFromFile(client, `f-${n}`, up, { metadata: { a: 'b' } });
    expect(put.crc64).toBe(crc64(bytes));
    const down = join(folder, `down-${n}`);
    await writeFile(down, 'what was there before');
    const head = await getObjectToFile(client, `f-${n}`, down);
    expect(head).toMatchObject({ contentLength: n, contentType: 'image/png' });
    expect((await readFile(down)).equals(bytes)).toBe(true);
  },
);

test('a version, a range and a media type can be said', async () => {
  const path = join(folder, 'said.txt');
  await writeFile(path, 'hello');
  await putObjectFromFile(client, 'said', path, { contentType: 'a/b' });
  expect((await client.headObject('said')).contentType).toBe('a/b');
  await getObjectToFile(client, 'said', path, { range: 'bytes=1-2' });
  expect(await readFile(path, 'utf8')).toBe('el');
});

test('a compressed object is written as it is stored', async () => {
  const { gzipSync } = await import('node:zlib');
  const zipped = gzipSync('hello');
  await client.putObject('z.gz', zipped, { contentEncoding: 'gzip' });
  const path = join(folder, 'z.gz');
  await getObjectToFile(client, 'z.gz', path);
  expect((await readFile(path)).equals(zipped)).toBe(true);
});

test('an upload that fails is repeated from the start of the same file', async () => {
  const bytes = pattern(700_000);
  const path = join(folder, 'again.bin');
  await writeFile(path, bytes);
  await using flaky = await recordingServer((response, _request, number) => {
    if (number < 3) response.writeHead(503).end(errorDocument('ServiceUnavailable'));
    else response.writeHead(200, { 'x-oss-hash-crc64ecma': String(crc64(bytes)) }).end();
  });
  for (const fetch of [undefined, nodeFetch]) {
    flaky.requests.length = 0;
    await putObjectFromFile(testClient({ endpoint: flaky.endpoint, fetch }), 'a', path);
    expect(flaky.requests.map(({ body }) => body.equals(bytes))).toEqual([true, true, true]);
    expect(flaky.requests[2]?.headers['content-length']).toBe('700000');
  }
});

test('a download that fails leaves what was there, and nothing else', async () => {
  const here = join(folder, 'fails');
  await mkdir(here);
  const path = join(here, 'kept.txt');
  await writeFile(path, 'kept');
  await using liar = await recordingServer((response, { target }) => {
    if (target.includes('sum')) {
      response.writeHead(200, { 'x-oss-hash-crc64ecma': '1' }).end('hello');
      return;
    }
    response.writeHead(200, { 'content-length': '100' }).write('only this');
    setTimeout(() => response.destroy(), 20);
  });
  const lied = testClient({ endpoint: liar.endpoint });
  expect(await failure(getObjectToFile(lied, 'sum', path))).toMatchObject({
    name: 'IntegrityError',
  });
  expect(await failure(getObjectToFile(lied, 'cut', path))).toMatchObject({
    name: 'TransportError',
  });
  expect(await failure(getObjectToFile(client, 'never', path))).toMatchObject({
    code: 'NoSuchKey',
  });
  expect(await failure(getObjectToFile(client, 'said', here))).toHaveProperty('code');
  expect(await readdir(here)).toEqual(['kept.txt']);
  expect(await readFile(path, 'utf8')).toBe('kept');
});

test('a link at the file’s name is replaced, not followed', async () => {
  const target = join(folder, 'target.txt');
  const link = join(folder, 'link.txt');
  await writeFile(target, 'untouched');
  await symlink(target, link);
  await client.putObject('linked', 'new');
  await getObjectToFile(client, 'linked', link);
  expect(await readFile(link, 'utf8')).toBe('new');
  expect(await readFile(target, 'utf8')).toBe('untouched');
});

test('no such file, or a folder', async () => {
  const missing = putObjectFromFile(client, 'a', join(folder, 'missing'));
  expect(await failure(missing)).toMatchObject({ code: 'ENOENT' });
  expect(await failure(putObjectFromFile(client, 'a', folder))).toHaveProperty('code');
});

test('media types by name', () => {
  expect(mediaType('/a/b.c/photo.JPG')).toBe('image/jpeg');
  expect(mediaType('archive.tar.gz')).toBe('application/gzip');
  expect(mediaType('.gitignore')).toBeUndefined();
  expect(mediaType('__proto__')).toBeUndefined();
});
