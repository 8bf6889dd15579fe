// mb, cp, presign and sign against a served osskeep, through the command a user types.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Finished, run, temporaryFolder } from './support/command.ts';
import { anyPort, rootKey, type Served, serve } from './support/server.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Served;
const bucket = 'oss://examplebucket';

function osskeep(args: readonly string[], input?: Uint8Array): Promise<Finished> {
  return run(args, {
    cwd: folder.path,
    env: { ...rootKey, OSS_ENDPOINT: server.endpoint },
    ...(input === undefined ? {} : { input }),
  });
}

async function succeed(args: readonly string[], input?: Uint8Array): Promise<Finished> {
  const done = await osskeep(args, input);
  expect(done.stderr).toBe('');
  expect(done.code).toBe(0);
  return done;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await serve([...anyPort, '--data', join(folder.path, 'data'), '--log-level', 'silent'], {
    env: rootKey,
  });
  const made = await succeed(['mb', bucket]);
  expect(made.stdout.toString()).toMatch(/^\n\d+\.\d{6}\(s\) elapsed\n$/);
});

afterAll(async () => {
  await server?.stop();
  await folder[Symbol.asyncDispose]();
});

test.each(['plain.txt', 'with space.txt', 'a+b.txt', '中文 文件.txt', '100%.txt', 'q?x#y&z=1.txt'])(
  '%s goes up and comes down byte for byte',
  async (name) => {
    const bytes = randomBytes(100_000);
    await writeFile(join(folder.path, name), bytes);
    const up = await succeed(['cp', name, `${bucket}/dir/`]);
    expect(up.stdout.toString()).toMatch(
      /^Success: Total 1 file, size 97\.66 KiB, Upload done:\(1 objects, 97\.66 KiB\), avg .+\/s\n/,
    );
    const down = await succeed(['cp', `${bucket}/dir/${name}`, 'down/']);
    expect(down.stdout.toString()).toContain('Download done:(1 files, 97.66 KiB)');
    expect(await readFile(join(folder.path, 'down', name))).toEqual(bytes);
    // Nothing temporary stays behind.
    expect((await readdir(join(folder.path, 'down'))).filter((n) => n.endsWith('.part'))).toEqual(
      [],
    );
  },
);

test('a bucket alone takes the name of the file; a key ending in "/" is a folder', async () => {
  await writeFile(join(folder.path, 'own-name.txt'), 'one');
  await succeed(['cp', 'own-name.txt', bucket]);
  await succeed(['cp', `${bucket}/own-name.txt`, 'renamed.txt']);
  expect(await readFile(join(folder.path, 'renamed.txt'), 'utf8')).toBe('one');
});

test('an empty file and several MiB', async () => {
  for (const size of [0, 5 * 2 ** 20 + 3]) {
    const bytes = randomBytes(size);
    await writeFile(join(folder.path, `size-${size}`), bytes);
    await succeed(['cp', `size-${size}`, bucket]);
    const down = await succeed(['cp', `${bucket}/size-${size}`, '-']);
    expect(createHash('sha256').update(down.stdout).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
  }
});

test('standard input and output', async () => {
  const bytes = randomBytes(300_000);
  const up = await succeed(['cp', '-', `${bucket}/piped`], bytes);
  expect(up.stdout.toString()).toContain('Total 1 file, size 292.97 KiB');
  const down = await succeed(['cp', `${bucket}/piped`, '-']);
  expect(down.stdout.equals(bytes)).toBe(true);
  await succeed(['cp', '-', `${bucket}/piped-nothing`], new Uint8Array());
  expect((await succeed(['cp', `${bucket}/piped-nothing`, '-'])).stdout).toHaveLength(0);
});

test('nothing is overwritten without -f: not a file, not an object', async () => {
  await writeFile(join(folder.path, 'precious.txt'), 'old');
  await succeed(['cp', 'precious.txt', `${bucket}/guarded`]);
  await writeFile(join(folder.path, 'precious.txt'), 'new');

  const object = await osskeep(['cp', 'precious.txt', `${bucket}/guarded`]);
  expect(object.code).toBe(2);
  expect(object.stderr).toContain('FileAlreadyExists');
  expect(object.stderr).toContain('-f');

  const file = await osskeep(['cp', `${bucket}/guarded`, 'precious.txt']);
  expect(file.code).toBe(3);
  expect(file.stderr).toContain('exists already');
  expect(await readFile(join(folder.path, 'precious.txt'), 'utf8')).toBe('new');

  await succeed(['cp', 'precious.txt', `${bucket}/guarded`, '-f']);
  expect((await succeed(['cp', `${bucket}/guarded`, '-'])).stdout.toString()).toBe('new');
  await writeFile(join(folder.path, 'precious.txt'), 'other');
  await succeed(['cp', `${bucket}/guarded`, 'precious.txt', '--force']);
  expect(await readFile(join(folder.path, 'precious.txt'), 'utf8')).toBe('new');
});

test('with -f a link in the way is replaced, not followed', async () => {
  await writeFile(join(folder.path, 'outside.txt'), 'untouched');
  await mkdir(join(folder.path, 'links'));
  await symlink('../outside.txt', join(folder.path, 'links', 'plain-link'));
  await succeed(['cp', '-', `${bucket}/plain-link`], Buffer.from('from the bucket'));
  expect((await osskeep(['cp', `${bucket}/plain-link`, 'links/'])).code).toBe(3);
  await succeed(['cp', `${bucket}/plain-link`, 'links/', '-f']);
  expect(await readFile(join(folder.path, 'outside.txt'), 'utf8')).toBe('untouched');
  expect(await readFile(join(folder.path, 'links', 'plain-link'), 'utf8')).toBe('from the bucket');
});

/** Sends a path as it is; fetch would resolve its dot segments. */
async function putRaw(url: string, body: string): Promise<number | undefined> {
  const { hostname, port, search } = new URL(url);
  const path = url.slice(url.indexOf('/', 'http://'.length), url.indexOf('?')) + search;
  const sent = request({ hostname, port, path, method: 'PUT' });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

async function refusedInFolder(key: string): Promise<void> {
  await mkdir(join(folder.path, 'deep', 'er'), { recursive: true });
  const before = await readdir(folder.path, { recursive: true });
  const refused = await osskeep(['cp', `${bucket}/${key}`, 'deep/er/', '-f']);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('gives no local name');
  expect(refused.stderr).toContain('Name the local file');
  const after = await readdir(folder.path, { recursive: true });
  const ours = (name: string): boolean => !name.startsWith('data');
  expect(after.filter(ours)).toEqual(before.filter(ours));
}

test.each(['../escaped', 'a/../escaped'])(
  'the stored key %j is refused as a local name',
  async (key) => {
    const link = await succeed(['presign', `${bucket}/${key}`, '--method', 'PUT']);
    expect(await putRaw(link.stdout.toString().trim(), 'harmless')).toBe(200);
    await refusedInFolder(key);
  },
);

test('a key that no URL can carry is refused as a local name all the same', () =>
  refusedInFolder('..'));

test.each(['C:\\escaped', 'x\\..\\..\\escaped'])(
  'the stored key %j is refused as a local name, and a named file takes it',
  async (key) => {
    await succeed(['cp', '-', `${bucket}/${key}`], Buffer.from('harmless'));
    await refusedInFolder(key);
    await succeed(['cp', `${bucket}/${key}`, 'deep/er/chosen', '-f']);
    expect(await readFile(join(folder.path, 'deep/er/chosen'), 'utf8')).toBe('harmless');
  },
);

test('a missing object leaves no file', async () => {
  const missing = await osskeep(['cp', `${bucket}/no-such-key`, 'empty/']);
  expect(missing.code).toBe(2);
  expect(missing.stdout.toString()).toBe('');
  const [first, facts, hint, ...rest] = missing.stderr.split('\n');
  expect(first).toMatch(/^osskeep: Cannot download oss:\/\/examplebucket\/no-such-key: .+\.$/);
  expect(facts).toMatch(
    /^ {2}Code: NoSuchKey \(HTTP 404\) {2}EC: 0026-00000001 {2}RequestId: [0-9A-F]+$/,
  );
  expect(hint).toMatch(/^ {2}Hint: /);
  expect(rest).toEqual(['']);
  expect(await readdir(join(folder.path, 'empty')).catch(() => [])).toEqual([]);
});

test('presign prints the URL alone; it opens the object until it is changed', async () => {
  await succeed(['cp', '-', `${bucket}/signed 中文+.txt`], Buffer.from('signed content'));
  const made = await succeed(['presign', `${bucket}/signed 中文+.txt`, '--expires-duration', '1h']);
  const [url = '', ...rest] = made.stdout.toString().split('\n');
  expect(rest).toEqual(['']);
  expect(new URL(url).searchParams.get('x-oss-expires')).toBe('3600');
  expect(await (await fetch(url)).text()).toBe('signed content');
  expect((await fetch(`${url}&x-oss-process=x`)).status).toBe(403);
  const plain = await fetch(url.slice(0, url.indexOf('?')));
  expect(plain.status).toBe(403);
  await plain.text();
});

test('presign knows the default of 15 minutes, --timeout and --expires-date', async () => {
  const expires = async (...args: string[]): Promise<number> => {
    const done = await succeed(['presign', `${bucket}/k`, ...args]);
    return Number(new URL(done.stdout.toString().trim()).searchParams.get('x-oss-expires'));
  };
  expect(await expires()).toBe(900);
  expect(await expires('--timeout', '120')).toBe(120);
  const date = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
  expect(Math.abs((await expires('--expires-date', date)) - 3600)).toBeLessThan(10);
});

test('presign takes query parameters into the signature', async () => {
  await succeed(['cp', '-', `${bucket}/renamed`, '-f'], Buffer.from('x'));
  const parameter = 'response-content-disposition=attachment; filename="a b.txt"';
  const made = await succeed(['presign', `${bucket}/renamed`, '--query-param', parameter]);
  const answer = await fetch(made.stdout.toString().trim());
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a b.txt"');
  await answer.text();
});

test('presign makes upload links and says which headers belong to them', async () => {
  const made = await osskeep([
    'presign',
    `${bucket}/by-link`,
    '--method',
    'PUT',
    '--header',
    'Content-Type: text/plain',
  ]);
  expect(made.code).toBe(0);
  expect(made.stderr.toLowerCase()).toContain('content-type: text/plain');
  const answer = await fetch(made.stdout.toString().trim(), {
    method: 'PUT',
    headers: { 'content-type': 'text/plain' },
    body: 'uploaded by link',
  });
  expect(answer.status).toBe(200);
  const down = await succeed(['cp', `${bucket}/by-link`, '-']);
  expect(down.stdout.toString()).toBe('uploaded by link');
});

test('presign -r signs everything under a prefix', async () => {
  for (const name of ['a.txt', 'b.txt', 'c.bin']) {
    await succeed(['cp', '-', `${bucket}/many/${name}`], Buffer.from(name));
  }
  const made = await succeed(['presign', `${bucket}/many/`, '-r', '--include', '*.txt']);
  const urls = made.stdout.toString().trim().split('\n');
  const bodies = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  expect(bodies).toEqual(['a.txt', 'b.txt']);
  const none = await osskeep(['presign', `${bucket}/nothing/`, '-r']);
  expect(none.code).toBe(3);
  expect(none.stderr).toContain('nothing to sign');
});

test('sign has the flags of ossutil 1, in both signature versions', async () => {
  await succeed(['cp', '-', `${bucket}/folder/old style`, '-f'], Buffer.from('old'));
  for (const version of ['v4', 'v1']) {
    const made = await succeed([
      'sign',
      `${bucket}/folder/old style`,
      '--timeout',
      '3600',
      '--disable-encode-slash',
      '--sign-version',
      version,
    ]);
    expect(await (await fetch(made.stdout.toString().trim())).text()).toBe('old');
  }
});

test('a secret that does not belong to the key is told apart from a missing bucket', async () => {
  const wrong = await run(['cp', `${bucket}/k`, '-', '-e', server.endpoint], {
    env: { ...rootKey, OSS_ACCESS_KEY_SECRET: 'another secret' },
  });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('Code: SignatureDoesNotMatch (HTTP 403)');
  expect(wrong.stderr).toContain('OSS_ACCESS_KEY_SECRET');
  const nowhere = await osskeep(['cp', 'oss://no-such-bucket/k', '-']);
  expect(nowhere.stderr).toContain('Code: NoSuchBucket (HTTP 404)');
  expect(nowhere.stderr).toContain('osskeep mb');
  for (const { stderr } of [wrong, nowhere]) {
    expect(stderr).not.toContain(rootKey['OSS_ACCESS_KEY_SECRET']);
    expect(stderr).not.toContain('another secret');
  }
});

test('mb passes ACL, class and redundancy on, and names a refusal', async () => {
  await succeed(['mb', 'oss://cold-bucket', '--storage-class', 'IA', '--redundancy-type', 'ZRS']);
  const open = await osskeep(['mb', 'oss://open-bucket', '--acl', 'public-read']);
  expect(open.code).toBe(2);
  expect(open.stderr).toContain('AccessDenied');
  const bad = await osskeep(['mb', 'oss://Bad_Name']);
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain('InvalidBucketName');
});

test('downloaded files are ordinary files of this user', async () => {
  await succeed(['cp', '-', `${bucket}/mode`, '-f'], Buffer.from('x'));
  await succeed(['cp', `${bucket}/mode`, 'mode']);
  const found = await stat(join(folder.path, 'mode'));
  expect(found.isFile()).toBe(true);
  expect(found.nlink).toBe(1);
  expect(found.mode & 0o111).toBe(0);
});
