// rm and rb: what they remove, what they leave, and when they ask.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './support/account.ts';

let account: Account;
let count = 0;

beforeAll(async () => {
  account = await Account.start();
});

afterAll(() => account?.[Symbol.asyncDispose]());

/** A bucket of its own with these keys, in two versions each where versions are kept. */
async function filled(keys: readonly string[], versions = false): Promise<string> {
  count += 1;
  const bucket = `bucket-${count}`;
  const client = account.client(bucket);
  await client.putBucket();
  if (versions) await client.putBucketVersioning({ status: 'Enabled' });
  for (const key of keys) {
    await client.putObject(key, key);
    if (versions) await client.putObject(key, `${key} again`);
  }
  return bucket;
}

async function left(bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of account.client(bucket).objects()) keys.push(key);
  return keys;
}

async function versionsLeft(bucket: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of account.client(bucket).objectVersions()) {
    found.push(`${entry.key} ${entry.kind}`);
  }
  return found;
}

test('rm removes one object, exactly the one that was named', async () => {
  const bucket = await filled(['a', 'a/b', 'ab']);
  const text = await account.succeed(['rm', `oss://${bucket}/a`]);
  expect(text).toMatch(
    /^Succeed: Total 1 objects\. Removed 1 objects\.\n\n\d+\.\d+\(s\) elapsed\n$/,
  );
  expect(await left(bucket)).toEqual(['a/b', 'ab']);
  // As with ossutil, what is not there is no failure.
  await account.succeed(['rm', `oss://${bucket}/a`, '--quiet']);
});

test('rm -r asks, and takes yes or no for an answer', async () => {
  const bucket = await filled(['a/1', 'a/2', 'b']);
  const question = `Do you really mean to remove recursively objects of oss://${bucket}/a(y or N)? `;
  for (const answer of ['n\n', '\n', 'yesterday\n']) {
    const no = await account.osskeep(['rm', `oss://${bucket}/a`, '-r'], {
      input: Buffer.from(answer),
    });
    expect(no.stderr).toBe(`${question}operation is canceled.\n`);
    expect(no.stdout.toString()).toBe('');
    expect(no.code).toBe(0);
  }
  expect(await left(bucket)).toEqual(['a/1', 'a/2', 'b']);
  const yes = await account.osskeep(['rm', `oss://${bucket}/a`, '-r'], {
    input: Buffer.from('y\n'),
  });
  expect(yes.stderr).toBe(question);
  expect(yes.stdout.toString()).toContain('Removed 2 objects.');
  expect(await left(bucket)).toEqual(['b']);
});

test('rm -r removes nothing when nobody answers', async () => {
  const bucket = await filled(['a']);
  const done = await account.osskeep(['rm', `oss://${bucket}`, '-r']);
  expect(done.stderr).toContain('Nobody answered');
  expect(done.stderr).toContain('-f');
  expect(done.code).toBe(3);
  expect(await left(bucket)).toEqual(['a']);
});

test('rm -r -f with patterns and jobs', async () => {
  const keys = Array.from({ length: 25 }, (_, at) => `dir/${at}.${at % 2 === 0 ? 'tmp' : 'txt'}`);
  const bucket = await filled(keys);
  const text = await account.succeed([
    'rm',
    `oss://${bucket}/dir/`,
    '-rf',
    '-j',
    '8',
    '--include',
    '*.tmp',
    '--exclude',
    '4.*',
  ]);
  expect(text).toContain('Total 12 objects. Removed 12 objects.');
  const expected = keys.filter((key) => key.endsWith('.txt') || key === 'dir/4.tmp');
  expect(await left(bucket)).toEqual(expected.sort());
});

test('rm in a bucket with versions leaves a marker; --version-id and --all-versions leave none', async () => {
  const bucket = await filled(['a', 'a-longer', 'b'], true);
  await account.succeed(['rm', `oss://${bucket}/a`]);
  expect(await versionsLeft(bucket)).toEqual([
    'a DeleteMarker',
    'a Version',
    'a Version',
    'a-longer Version',
    'a-longer Version',
    'b Version',
    'b Version',
  ]);
  const { versionId = '' } = await account.client(bucket).headObject('b');
  await account.succeed(['rm', `oss://${bucket}/b`, '--version-id', versionId]);
  const text = await account.succeed(['rm', `oss://${bucket}/a`, '--all-versions']);
  expect(text).toContain('Total 3 objects. Removed 3 objects.');
  expect(await versionsLeft(bucket)).toEqual(['a-longer Version', 'a-longer Version', 'b Version']);
  await account.succeed(['rm', `oss://${bucket}`, '-r', '-f', '--all-versions']);
  expect(await versionsLeft(bucket)).toEqual([]);
});

test('keys that look like paths are removed as they are', async () => {
  const keys = ['../x', './y', 'a//b', ' ', 'q?x=1', '100%', '中文/+'];
  const bucket = await filled(keys);
  await account.succeed(['rm', `oss://${bucket}/../x`]);
  await account.succeed(['rm', `oss://${bucket}/q?x=1`]);
  expect(await left(bucket)).toEqual(
    keys.filter((key) => key !== '../x' && key !== 'q?x=1').sort(),
  );
  await account.succeed(['rm', `oss://${bucket}`, '-rf']);
  expect(await left(bucket)).toEqual([]);
});

test('rb removes an empty bucket at once', async () => {
  const bucket = await filled([]);
  expect(await account.succeed(['rb', `oss://${bucket}`])).toContain(`Removed Bucket: ${bucket}\n`);
  expect(await account.client(bucket).bucketExists()).toBe(false);
});

test('rb asks before it removes what a bucket holds', async () => {
  const bucket = await filled(['a', 'b']);
  const no = await account.osskeep(['rb', `oss://${bucket}`], { input: Buffer.from('n\n') });
  expect(no.stderr).toContain(`remove recursively objects of oss://${bucket}, and the bucket`);
  expect(no.code).toBe(0);
  const nobody = await account.osskeep(['rb', `oss://${bucket}`]);
  expect(nobody.code).toBe(3);
  expect(await left(bucket)).toEqual(['a', 'b']);
  const yes = await account.osskeep(['rb', `oss://${bucket}`], { input: Buffer.from('yes\n') });
  expect(yes.code).toBe(0);
  expect(await account.client(bucket).bucketExists()).toBe(false);
});

test('rb -f removes objects and bucket; old versions only with --all-versions', async () => {
  const plain = await filled(['a', 'b/c']);
  expect(await account.succeed(['rb', `oss://${plain}`, '-f'])).toContain('Removed 2 objects.');
  expect(await account.client(plain).bucketExists()).toBe(false);

  const versioned = await filled(['a'], true);
  const refused = await account.osskeep(['rb', `oss://${versioned}`, '--force']);
  expect(refused.stderr).toContain('Code: BucketNotEmpty (HTTP 409)');
  expect(refused.stderr).toContain('--all-versions');
  expect(refused.code).toBe(2);
  await account.succeed(['rb', `oss://${versioned}`, '-f', '--all-versions']);
  expect(await account.client(versioned).bucketExists()).toBe(false);
});

test.each([
  [['rm', 'oss://b'], 'osskeep rb'],
  [['rm', 'oss://b/k', '--include', '*'], 'add -r'],
  [['rm', 'oss://b/', '-r', '--version-id', 'x'], 'drop -r'],
  [['rm', 'oss://b/k', '--all-versions', '--version-id', 'x'], 'drop one'],
  [['rm', 'oss://b/', '-r', '-j', '0'], '1 to 1000'],
  [['rb', 'oss://b/k'], 'Write only the bucket: oss://b.'],
])('%j is refused', async (args, text) => {
  const done = await account.osskeep(args);
  expect(done.stderr).toContain(text);
  expect(done.code).toBe(1);
});
