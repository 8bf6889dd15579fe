// Security checklist 47: a server that lies or attacks gets nothing out of the command, and leaves
// nothing on the disk.
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Finished, finish, run, start, temporaryFolder } from './support/command.ts';

interface Hostile extends AsyncDisposable {
  readonly endpoint: string;
  readonly requests: IncomingMessage[];
}

async function hostile(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Hostile> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const env = { OSS_ACCESS_KEY_ID: 'id', OSS_ACCESS_KEY_SECRET: 'a-secret-of-the-test' };

async function download(server: Hostile): Promise<Finished & { left: string[] }> {
  await using folder = await temporaryFolder();
  const done = await run(['cp', 'oss://bucket/key', 'out/', '-e', server.endpoint], {
    env,
    cwd: folder.path,
  });
  // It failed because of the answer, not before it asked.
  expect(server.requests.length).toBeGreaterThan(0);
  expect(done.stderr).toMatch(/^osskeep: Cannot download oss:\/\/bucket\/key: /);
  const left = await readdir(join(folder.path, 'out')).catch(() => []);
  return { ...done, left };
}

test('a body shorter than announced is no file', async () => {
  await using server = await hostile((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('only this');
    setTimeout(() => response.destroy(), 20);
  });
  const done = await download(server);
  expect(done.code).toBe(3);
  expect(done.left).toEqual([]);
});

test('a body that does not match its CRC-64 is no file', async () => {
  await using server = await hostile((_request, response) => {
    // CRC-64 of "123456789", not of what follows.
    response.writeHead(200, { 'x-oss-hash-crc64ecma': '11051210869376104954' });
    response.end('123456780');
  });
  const done = await download(server);
  expect(done.stderr).toContain('CRC-64');
  expect(done.code).toBe(3);
  expect(done.left).toEqual([]);
});

test('a redirect to another host is not followed: the signature goes nowhere else', async () => {
  await using thief = await hostile((_request, response) => response.end('thanks'));
  await using server = await hostile((_request, response) => {
    response.writeHead(302, { location: `${thief.endpoint}/bucket/key` }).end();
  });
  const done = await download(server);
  expect(done.code).toBe(3);
  expect(done.left).toEqual([]);
  expect(thief.requests).toEqual([]);
});

test.each([
  ['escape sequences', '<Error><Code>X</Code><Message>&#x1b;[2J\u0007</Message></Error>'],
  ['entities', '<!DOCTYPE a [<!ENTITY b "cc">]><Error><Code>&b;</Code></Error>'],
  ['no XML at all', '\u001b]0;title\u0007 hello'],
  ['a very long message', `<Error><Code>X</Code><Message>${'m'.repeat(1e6)}</Message></Error>`],
])('an error document with %s is told safely and briefly', async (_name, document) => {
  await using server = await hostile((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/xml' }).end(document);
  });
  const done = await download(server);
  expect(done.code).toBeGreaterThan(1);
  expect(done.stderr).not.toMatch(/[\u001b\u0007]/);
  expect(done.stderr.length).toBeLessThan(4000);
  expect(done.stderr).not.toContain(env.OSS_ACCESS_KEY_SECRET);
});

test('a header too large ends the request, not the machine', async () => {
  await using server = await hostile((_request, response) => {
    response.writeHead(200, { 'x-oss-meta-a': 'a'.repeat(1_000_000) }).end('x');
  });
  const done = await download(server);
  expect(done.code).toBe(3);
  expect(done.left).toEqual([]);
});

test('Ctrl-C in the middle of a slow download leaves nothing behind', async () => {
  await using server = await hostile((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('the rest never comes');
  });
  await using folder = await temporaryFolder();
  const child = start(['cp', 'oss://bucket/key', 'out/', '-e', server.endpoint], {
    env,
    cwd: folder.path,
  });
  const done = finish(child);
  const out = join(folder.path, 'out');
  await expect.poll(() => readdir(out).catch(() => [])).toHaveLength(1);
  child.kill('SIGINT');
  expect((await done).signal).toBe('SIGINT');
  expect(await readdir(out)).toEqual([]);
});

/** A listing as the server would write it. */
function listing(keys: readonly string[], more: { next?: string; common?: string } = {}): string {
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${encodeURIComponent(key)}</Key>` +
      '<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"X"</ETag><Type>Normal</Type>' +
      '<Size>4</Size><StorageClass>Standard</StorageClass></Contents>',
  );
  const next =
    more.next === undefined ? '' : `<NextContinuationToken>${more.next}</NextContinuationToken>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>bucket</Name><Prefix></Prefix>' +
    '<MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>' +
    `<IsTruncated>${more.next !== undefined}</IsTruncated>${next}` +
    `<KeyCount>${keys.length}</KeyCount>${contents.join('')}</ListBucketResult>`
  );
}

const hostileKeys = [
  '../outside',
  '../../etc/passwd',
  '/etc/passwd',
  'a/../../outside',
  'a/./b',
  'a//b',
  '..\\outside',
  'C:\\outside',
  'nul\0l',
  '..',
];

test('keys of a recursive download stay in the folder, whatever the server lists', async () => {
  await using server = await hostile((request, response) => {
    if (request.url?.includes('list-type')) {
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(listing([...hostileKeys, 'fine/\u001b]0;owned\u0007.txt']));
    } else response.end('evil');
  });
  await using folder = await temporaryFolder();
  const done = await run(['cp', 'oss://bucket/', 'out/', '-r', '-f', '-e', server.endpoint], {
    env,
    cwd: folder.path,
  });
  expect(done.stderr.match(/gives no local name/g)).toHaveLength(hostileKeys.length);
  expect(done.stderr).not.toMatch(/[\u001b\u0007\0]/);
  const left = await readdir(folder.path, { recursive: true });
  expect(left.sort()).toEqual(['out', 'out/fine', 'out/fine/\u001b]0;owned\u0007.txt']);
});

test('a listing that never ends is noticed', async () => {
  await using server = await hostile((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(listing(['a'], { next: 'again' }));
  });
  const flags = ['-e', server.endpoint];
  for (const args of [
    ['ls', 'oss://bucket'],
    ['presign', 'oss://bucket/', '-r'],
    ['set-acl', 'oss://bucket/', 'private', '-r', '-f'],
  ]) {
    const done = await run([...args, ...flags], { env });
    expect(done.stderr).toContain('The listing is not complete and does not say how it goes on.');
    expect(done.code).not.toBe(0);
  }
});

test.each([
  [['ls', 'oss://bucket']],
  [['ls']],
  [['stat', 'oss://bucket']],
  [['stat', 'oss://bucket/key']],
  [['bucket-cors', '--method', 'get', 'oss://bucket']],
  [['bucket-cname', '--method', 'get', 'oss://bucket']],
  [['bucket-versioning', '--method', 'get', 'oss://bucket']],
])('%j: a page of another program is no answer, and is not printed', async (args) => {
  await using server = await hostile((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>\u001b[2Jhello</html>');
  });
  const done = await run([...args, '-e', server.endpoint], { env });
  expect(done.stdout.toString()).toBe('');
  expect(done.stderr).not.toContain('\u001b');
  expect(done.stderr).toMatch(/^osskeep: Cannot /);
  expect(done.code).not.toBe(0);
});

test('what the server says it can prove is shown, made safe', async () => {
  const document =
    '<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message>' +
    '<Hint>The key\u0085 was cut off: send it whole.</Hint></Error>';
  await using server = await hostile((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' }).end(document);
  });
  const done = await run(['cat', 'oss://bucket/key', '-e', server.endpoint], { env });
  expect(done.stderr).toContain('  Hint: The key  was cut off: send it whole.\n');
});
