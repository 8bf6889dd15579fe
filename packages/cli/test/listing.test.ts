// ls: buckets, objects and versions, as ossutil prints them and as JSON.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './support/account.ts';

let account: Account;
const bucket = 'examplebucket';
const keys = ['a.txt', 'photos/1.jpg', 'photos/2.jpg', 'photos/small/1.jpg', 'z.txt'];

/** Without totals and times. */
function names(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('oss://'));
}

beforeAll(async () => {
  account = await Account.start();
  const client = account.client(bucket);
  await client.putBucket();
  await client.putBucket({}, { bucket: 'another-bucket' });
  for (const key of keys) await client.putObject(key, `content of ${key}`);
});

afterAll(() => account?.[Symbol.asyncDispose]());

test('buckets have ossutil columns and a total', async () => {
  const text = await account.succeed(['ls']);
  const [header = '', ...lines] = text.split('\n');
  expect(header.split(/ +/)).toEqual(['CreationTime', 'Region', 'StorageClass', 'BucketName']);
  const row = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} \S+ +oss-cn-hangzhou +Standard +oss:\/\//;
  expect(lines.slice(0, 2).every((line) => row.test(line))).toBe(true);
  expect(lines.slice(2)).toEqual([
    'Bucket Number is: 2',
    '',
    expect.stringMatching(/^\d+\.\d{6}\(s\) elapsed$/),
    '',
  ]);
  expect(await account.succeed(['ls', 'oss://', '-s', '-q'])).toBe(
    'oss://another-bucket\noss://examplebucket\n',
  );
  expect(names(await account.succeed(['ls', '-s', '--marker', 'another-bucket']))).toEqual([
    'oss://examplebucket',
  ]);
  expect(names(await account.succeed(['ls', '-s', '--limited-num', '1']))).toEqual([
    'oss://another-bucket',
  ]);
});

test('objects have ossutil columns and a total', async () => {
  const text = await account.succeed(['ls', `oss://${bucket}`]);
  const [header = '', first = '', ...rest] = text.split('\n');
  const columns = ['LastModifiedTime', 'Size(B)', 'StorageClass', 'ETAG', 'ObjectName'];
  expect(header.split(/ +/)).toEqual(columns);
  expect(first).toMatch(
    /^\S{10} \S{8} [+-]\d{4} .+ 16 +Standard {3}[0-9A-F]{32} +oss:\/\/examplebucket\/a\.txt$/,
  );
  // Numbers stand below the end of their heading, as in ossutil.
  expect(first.indexOf(' 16 ') + 3).toBe(header.indexOf('Size(B)') + 'Size(B)'.length);
  expect(rest).toContain('Object Number is: 5');
});

test.each([
  ['a prefix', ['photos/'], ['photos/1.jpg', 'photos/2.jpg', 'photos/small/1.jpg']],
  ['a prefix that is part of a name', ['photos/2'], ['photos/2.jpg']],
  ['one level', ['', '-d'], ['a.txt', 'z.txt', 'photos/']],
  ['one level below', ['photos/', '-d'], ['photos/1.jpg', 'photos/2.jpg', 'photos/small/']],
  ['a limit', ['', '--limited-num', '2'], ['a.txt', 'photos/1.jpg']],
  ['no entry at all', ['', '--limited-num', '0'], []],
  ['what comes after a marker', ['', '--marker', 'photos/2.jpg'], ['photos/small/1.jpg', 'z.txt']],
  ['a pattern', ['', '--include', '*.txt'], ['a.txt', 'z.txt']],
  ['no pattern', ['', '--exclude', '*.jpg'], ['a.txt', 'z.txt']],
  ['the last rule counts', ['', '--exclude', '*', '--include', 'z*'], ['z.txt']],
  ['the other way round', ['', '--include', 'z*', '--exclude', '*'], []],
  ['a limit with a pattern', ['', '--include', '*1.jpg', '--limited-num', '1'], ['photos/1.jpg']],
  ['a set of characters', ['', '--include', '[a-m]*.txt'], ['a.txt']],
  ['a pattern of folders', ['', '-d', '--include', 'photos'], ['photos/']],
])('%s', async (_name, [prefix = '', ...args], expected) => {
  const text = await account.succeed(['ls', `oss://${bucket}/${prefix}`, '-s', ...args]);
  expect(names(text)).toEqual(expected.map((key) => `oss://${bucket}/${key}`));
  const what = args.includes('-d') ? 'Object and Directory' : 'Object';
  expect(text).toContain(`${what} Number is: ${expected.length}\n`);
});

test('JSON: one document a line, and nothing else', async () => {
  const [another, example] = await account.json(['ls']);
  expect(another).toMatchObject({
    kind: 'bucket',
    name: 'another-bucket',
    storageClass: 'Standard',
  });
  expect(example).toMatchObject({ location: 'oss-cn-hangzhou', region: 'cn-hangzhou' });
  const objects = await account.json(['ls', `oss://${bucket}/photos/`, '-d']);
  expect(objects.map(({ kind, key, prefix }) => [kind, key ?? prefix])).toEqual([
    ['object', 'photos/1.jpg'],
    ['object', 'photos/2.jpg'],
    ['prefix', 'photos/small/'],
  ]);
  expect(objects[0]).toMatchObject({ bucket, size: 23, type: 'Normal' });
  const { lastModified } = await account.client(bucket).headObject('photos/1.jpg');
  expect(Date.parse(String(objects[0]?.['lastModified']))).toBe(lastModified);
  expect(await account.json(['ls', `oss://${bucket}/nothing`])).toEqual([]);
});

test('more than a page is listed whole', async () => {
  const client = account.client('many-objects');
  await client.putBucket();
  for (let at = 0; at < 1005; at += 50) {
    const some = Array.from({ length: Math.min(50, 1005 - at) }, (_, more) => at + more);
    await Promise.all(some.map((n) => client.putObject(`k${String(n).padStart(5, '0')}`, '')));
  }
  const text = await account.succeed(['ls', 'oss://many-objects', '-s']);
  expect(names(text)).toHaveLength(1005);
  expect(text).toContain('Object Number is: 1005');
  const limited = await account.json(['ls', 'oss://many-objects', '--limited-num', '1001']);
  expect(limited.at(-1)?.['key']).toBe('k01000');
});

test('versions and delete markers, the newest first', async () => {
  const client = account.client('with-versions');
  await client.putBucket();
  await client.putBucketVersioning({ status: 'Enabled' });
  const first = await client.putObject('dir/doc', 'one');
  const second = await client.putObject('dir/doc', 'second');
  await client.deleteObject('dir/doc');
  const text = await account.succeed(['ls', 'oss://with-versions', '--all-versions']);
  const [header = '', marker = '', newer = '', older = '', total] = text.split('\n');
  expect(header).toMatch(/VERSIONID +IS-LATEST +DELETE-MARKER +ObjectName$/);
  expect(marker).toMatch(/ true +true +oss:\/\/with-versions\/dir\/doc$/);
  expect(newer).toContain(` ${second.versionId} `);
  expect(newer).toMatch(/ 6 +Standard .* false +false +oss:\/\/with-versions\/dir\/doc$/);
  expect(older).toContain(` ${first.versionId} `);
  expect(total).toBe('Object Number is: 3');

  const json = await account.json(['ls', 'oss://with-versions/dir/', '--all-versions']);
  expect(json.map(({ kind, isLatest, size }) => [kind, isLatest, size])).toEqual([
    ['deleteMarker', true, undefined],
    ['version', false, 6],
    ['version', false, 3],
  ]);
  const after = await account.json([
    'ls',
    'oss://with-versions',
    '--all-versions',
    '--marker',
    'dir/doc',
    '--version-id-marker',
    String(json[0]?.['versionId']),
    '--limited-num',
    '1',
  ]);
  expect(after.map(({ versionId }) => versionId)).toEqual([second.versionId]);
  const folders = await account.succeed(['ls', 'oss://with-versions', '--all-versions', '-d']);
  expect(folders).toMatch(/^true .* oss:\/\/with-versions\/dir\/$/m);
  expect(names(await account.succeed(['ls', 'oss://with-versions', '-s']))).toEqual([]);
});

test('keys cannot steer the terminal, and JSON has them exactly', async () => {
  const client = account.client('hostile-keys');
  await client.putBucket();
  const key = 'a\u001b]0;owned\u0007\u009b2J\u202egnp.exe';
  await client.putObject(key, 'x');
  const steering = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;
  for (const args of [['-s'], ['-d'], [], ['--all-versions'], ['--output', 'json']]) {
    const text = await account.succeed(['ls', 'oss://hostile-keys', ...args]);
    expect(text).not.toMatch(steering);
    expect(text).toContain('\\u001b]0;owned\\u0007\\u009b2J\\u202egnp.exe');
  }
  expect((await account.json(['ls', 'oss://hostile-keys']))[0]?.['key']).toBe(key);
});

test.each([
  [['ls', 'examplebucket'], 'is no OSS address'],
  [['ls', '-d'], 'name one: oss://bucket'],
  [['ls', '--all-versions'], 'name one: oss://bucket'],
  [['ls', 'oss://b', '-r', '-d'], 'drop one of them'],
  [['ls', 'oss://b', '--limited-num', '-1'], 'whole number'],
  [['ls', 'oss://b', '--all-versions', '--version-id-marker', 'x'], '--marker'],
  [['ls', '--output', 'yaml'], 'raw, json'],
])('%j is refused', async (args, text) => {
  const done = await account.osskeep(args);
  expect(done.stderr).toContain(text);
  expect(done.stdout.toString()).toBe('');
  expect(done.code).toBe(1);
});

test('a bucket that is not there is told by its code', async () => {
  const done = await account.osskeep(['ls', 'oss://no-such-bucket']);
  expect(done.stderr).toContain('Code: NoSuchBucket (HTTP 404)');
  expect(done.stdout.toString()).toBe('');
  expect(done.code).toBe(2);
});

test('a reader that has seen enough ends the listing without a complaint', async () => {
  const { spawn } = await import('node:child_process');
  const { finish, cleanEnvironment, entry } = await import('./support/command.ts');
  const line = `"${process.execPath}" "${entry}" ls oss://examplebucket -s | head -1`;
  const child = spawn('bash', ['-o', 'pipefail', '-c', line], {
    env: cleanEnvironment(account.env),
  });
  const done = await finish(child);
  expect(done.stdout.toString()).toBe('oss://examplebucket/a.txt\n');
  expect(done.stderr).toBe('');
});
