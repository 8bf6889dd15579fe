// stat and cat, and set-acl on objects.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './support/account.ts';

let account: Account;
const bucket = 'examplebucket';

beforeAll(async () => {
  account = await Account.start({ blockPublicAccess: false });
  await account.client(bucket).putBucket();
});

afterAll(() => account?.[Symbol.asyncDispose]());

/** `Name : value` lines. */
function facts(text: string): Map<string, string> {
  return new Map(
    text
      .split('\n')
      .map((line) => /^(\S+) *: (.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name, value]),
  );
}

test('stat of an object shows its headers, ACL and owner', async () => {
  const client = account.client(bucket);
  const put = await client.putObject('doc', 'hello', {
    contentType: 'text/plain',
    cacheControl: 'no-cache',
    metadata: { author: 'me', note: 'a\u202eb' },
    objectAcl: 'public-read',
  });
  const found = facts(await account.succeed(['stat', `oss://${bucket}/doc`]));
  expect(Object.fromEntries(found)).toMatchObject({
    ACL: 'public-read',
    Owner: expect.stringMatching(/^\d+$/),
    'Cache-Control': 'no-cache',
    'Content-Length': '5',
    'Content-Type': 'text/plain',
    Etag: put.etag,
    'Last-Modified': expect.stringMatching(/^\d{4}-\d\d-\d\d /),
    'X-Oss-Hash-Crc64ecma': String(put.crc64),
    'X-Oss-Meta-Author': 'me',
    'X-Oss-Meta-Note': 'a\\u202eb',
    'X-Oss-Object-Type': 'Normal',
  });
  const [json] = await account.json(['stat', `oss://${bucket}/doc`]);
  expect(json).toMatchObject({
    kind: 'object',
    bucket,
    key: 'doc',
    size: 5,
    acl: 'public-read',
    contentType: 'text/plain',
    crc64: String(put.crc64),
    metadata: { author: 'me', note: 'a\u202eb' },
  });
});

test('stat of a bucket', async () => {
  const found = facts(await account.succeed(['stat', `oss://${bucket}`]));
  expect(Object.fromEntries(found)).toMatchObject({
    Name: bucket,
    Location: 'oss-cn-hangzhou',
    ACL: 'private',
    StorageClass: 'Standard',
    RedundancyType: 'LRS',
  });
  const [json] = await account.json(['stat', `oss://${bucket}`]);
  expect(json).toMatchObject({
    kind: 'bucket',
    name: bucket,
    acl: 'private',
    location: 'oss-cn-hangzhou',
  });
});

test('stat and cat of an old version, and behind a delete marker', async () => {
  const client = account.client('versions');
  await client.putBucket();
  await client.putBucketVersioning({ status: 'Enabled' });
  const { versionId = '' } = await client.putObject('doc', 'the first');
  await client.putObject('doc', 'the second one');
  await client.deleteObject('doc');
  const version = ['--version-id', versionId];
  const [json] = await account.json(['stat', 'oss://versions/doc', ...version]);
  expect(json).toMatchObject({ size: 9, versionId });
  expect(await account.succeed(['cat', 'oss://versions/doc', ...version])).toBe('the first');
  for (const command of ['stat', 'cat']) {
    const gone = await account.osskeep([command, 'oss://versions/doc']);
    expect(gone.stderr).toContain('Code: NoSuchKey (HTTP 404)');
    expect(gone.code).toBe(2);
  }
});

test('cat writes the bytes and nothing else', async () => {
  const bytes = randomBytes(300_001);
  await account.client(bucket).putObject('bytes', bytes);
  const done = await account.osskeep(['cat', `oss://${bucket}/bytes`]);
  expect(done.stdout.equals(bytes)).toBe(true);
  expect(done.stderr).toBe('');
  await account.client(bucket).putObject('nothing', '');
  expect(await account.succeed(['cat', `oss://${bucket}/nothing`])).toBe('');
});

test.each([
  ['0-4', 'hello'],
  ['6-', 'world'],
  ['-3', 'rld'],
  ['6-1000', 'world'],
])('cat --range %s', async (range, expected) => {
  await account.client(bucket).putObject('text', 'hello world');
  expect(await account.succeed(['cat', `oss://${bucket}/text`, '--range', range])).toBe(expected);
});

test('a range behind the end is refused, not answered with everything', async () => {
  await account.client(bucket).putObject('short', 'hello');
  const done = await account.osskeep(['cat', `oss://${bucket}/short`, '--range', '100-200']);
  expect(done.stderr).toContain('Code: InvalidRange (HTTP 416)');
  expect(done.stdout.toString()).toBe('');
  expect(done.code).toBe(2);
});

test('compressed objects come as they are stored', async () => {
  const { gzipSync } = await import('node:zlib');
  const bytes = gzipSync('compressed');
  await account.client(bucket).putObject('z', bytes, { contentEncoding: 'gzip' });
  const done = await account.osskeep(['cat', `oss://${bucket}/z`]);
  expect(done.stdout.equals(bytes)).toBe(true);
  const copied = await account.osskeep(['cp', `oss://${bucket}/z`, '-']);
  expect(createHash('md5').update(copied.stdout).digest('hex')).toBe(
    createHash('md5').update(bytes).digest('hex'),
  );
});

test('the keys . and .. can be named', async () => {
  await account.succeed(['cp', '-', `oss://${bucket}/..`], 'two dots');
  expect(await account.succeed(['cat', `oss://${bucket}/..`])).toBe('two dots');
});

test('set-acl on an object, a version, and all under a prefix', async () => {
  const client = account.client(bucket);
  for (const key of ['acl/1.txt', 'acl/2.txt', 'acl/3.bin']) await client.putObject(key, key);
  await account.succeed(['set-acl', `oss://${bucket}/acl/1.txt`, 'public-read']);
  expect((await client.getObjectAcl('acl/1.txt')).grant).toBe('public-read');
  const text = await account.succeed([
    'set-acl',
    `oss://${bucket}/acl/`,
    'private',
    '-r',
    '-f',
    '--include',
    '*.txt',
  ]);
  expect(text).toContain('Succeed: Total 2 objects. Setted acl on 2 objects.\n');
  expect((await client.getObjectAcl('acl/2.txt')).grant).toBe('private');
  expect((await client.getObjectAcl('acl/3.bin')).grant).toBe('default');
  const asked = await account.osskeep(['set-acl', `oss://${bucket}/acl/`, 'default', '-r'], {
    input: Buffer.from('n\n'),
  });
  expect(asked.stderr).toContain('Do you really mean to recursively set acl on objects of');
  expect((await client.getObjectAcl('acl/2.txt')).grant).toBe('private');
});

test.each([
  [['cat', 'oss://b'], 'names a bucket, not an object'],
  [['cat', 'oss://b/k', '--range', '5-1'], 'FIRST-LAST'],
  [['cat', 'oss://b/k', '--range', 'bytes=0-1'], 'FIRST-LAST'],
  [['stat', 'oss://b', '--version-id', 'x'], 'has no versions'],
  [['stat'], "missing required argument 'address'"],
  [['set-acl', 'oss://b', 'private'], 'add -b'],
  [['set-acl', 'oss://b/k', 'private', '-b'], 'write only oss://bucket'],
  [['set-acl', 'oss://b', 'default', '-b'], 'private, public-read, public-read-write'],
  [['set-acl', 'oss://b/k', 'everyone'], 'default, private'],
  [['set-acl', 'oss://b/k', 'private', '-b', '-r'], 'drop one'],
])('%j is refused', async (args, text) => {
  const done = await account.osskeep(args);
  expect(done.stderr).toContain(text);
  expect(done.code).toBe(1);
});
