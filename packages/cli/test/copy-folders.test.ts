// cp -r, up and down: what arrives, what is left alone, what is told.
import {
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Account } from './support/account.ts';

let account: Account;
const bucket = 'examplebucket';
let round = 0;
let here = '';

beforeAll(async () => {
  account = await Account.start();
  await account.client(bucket).putBucket();
});

/** Every test has a folder and a prefix of its own. */
beforeEach(() => {
  round += 1;
  here = `round-${round}`;
});

afterAll(() => account?.[Symbol.asyncDispose]());

const tree: Readonly<Record<string, string>> = {
  'a.txt': 'A',
  'b with space.txt': 'B',
  'deep/er/c.bin': 'C',
  'deep/d+e.txt': 'D',
  empty: '',
  '中文/100%.txt': 'E',
};

async function plant(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = account.path(folder, name);
    await mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await writeFile(path, text);
  }
}

async function grown(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const names = await readdir(account.path(folder), { recursive: true, withFileTypes: true });
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    found[path.slice(account.path(folder).length + 1)] = await readFile(path, 'utf8');
  }
  return found;
}

async function stored(prefix: string): Promise<Record<string, string>> {
  const client = account.client(bucket);
  const found: Record<string, string> = {};
  for await (const { key } of client.objects({ prefix })) {
    found[key.slice(prefix.length)] = await (await client.getObject(key)).body.text();
  }
  return found;
}

async function put(objects: Readonly<Record<string, string>>): Promise<void> {
  const client = account.client(bucket);
  for (const [key, text] of Object.entries(objects)) await client.putObject(`${here}/${key}`, text);
}

test('a folder goes up and comes down again', async () => {
  await plant(`${here}/up`, tree);
  const up = await account.succeed(['cp', `${here}/up`, `oss://${bucket}/${here}`, '-r']);
  expect(up).toMatch(/^Success: Total 6 files, size 5 B, Upload done:\(6 objects, 5 B\), avg /);
  expect(await stored(`${here}/`)).toEqual(tree);
  const down = await account.succeed([
    'cp',
    `oss://${bucket}/${here}/`,
    `${here}/down/`,
    '-r',
    '--jobs',
    '5',
  ]);
  expect(down).toMatch(/^Success: Total 6 objects, size 5 B, Download done:\(6 files, 5 B\), avg /);
  expect(await grown(`${here}/down`)).toEqual(tree);
});

test('a bucket as a whole; a prefix that is no folder', async () => {
  await put({ 'ab/1': '1', 'ab/2': '2', abc: '3', b: '4' });
  await account.succeed(['cp', `oss://${bucket}/${here}/ab`, `${here}/down`, '-r', '-q']);
  expect(await grown(`${here}/down`)).toEqual({ 'ab/1': '1', 'ab/2': '2', abc: '3' });
  const client = account.client('whole-bucket');
  await client.putBucket();
  await client.putObject('x/y', 'z');
  await account.succeed(['cp', 'oss://whole-bucket', `${here}/whole`, '-r']);
  expect(await grown(`${here}/whole`)).toEqual({ 'x/y': 'z' });
});

test('include and exclude choose by the name below the folder', async () => {
  await plant(`${here}/up`, tree);
  const target = `oss://${bucket}/${here}/`;
  await account.succeed([
    'cp',
    `${here}/up`,
    target,
    '-r',
    '--include',
    '*.txt',
    '--exclude',
    'd*',
  ]);
  expect(Object.keys(await stored(`${here}/`)).sort()).toEqual(
    ['a.txt', 'b with space.txt', '中文/100%.txt'].sort(),
  );
  await account.succeed(['cp', target, `${here}/down`, '-r', '--exclude', '中*']);
  expect(Object.keys(await grown(`${here}/down`)).sort()).toEqual(['a.txt', 'b with space.txt']);
});

test('nothing is overwritten without -f, the rest is done, and the exit code is 4', async () => {
  await plant(`${here}/up`, { 'a.txt': 'new', 'b.txt': 'new' });
  await put({ 'a.txt': 'old' });
  const up = await account.osskeep(['cp', `${here}/up`, `oss://${bucket}/${here}/`, '-r']);
  expect(up.code).toBe(4);
  expect(up.stderr).toContain(`Cannot upload ${here}/up/a.txt to oss://${bucket}/${here}/a.txt: `);
  expect(up.stderr).toContain('Code: FileAlreadyExists');
  expect(up.stderr).toMatch(/osskeep: 1 of 2 files failed; see above\.\n$/);
  expect(up.stdout.toString()).toMatch(
    /^FinishWithError: Total 2 files, size 6 B, Upload done:\(1 objects, 3 B\), Error:\(1 files\), /,
  );
  expect(await stored(`${here}/`)).toEqual({ 'a.txt': 'old', 'b.txt': 'new' });

  await plant(`${here}/down`, { 'b.txt': 'mine' });
  const down = await account.osskeep(['cp', `oss://${bucket}/${here}/`, `${here}/down`, '-r']);
  expect(down.code).toBe(4);
  expect(down.stderr).toContain('exists already; it was left as it is.');
  expect(await grown(`${here}/down`)).toEqual({ 'a.txt': 'old', 'b.txt': 'mine' });

  await account.succeed(['cp', `${here}/up`, `oss://${bucket}/${here}/`, '-r', '-f']);
  await account.succeed(['cp', `oss://${bucket}/${here}/`, `${here}/down`, '-rf']);
  expect(await grown(`${here}/down`)).toEqual({ 'a.txt': 'new', 'b.txt': 'new' });
});

test('--update copies what is newer, and only that', async () => {
  await plant(`${here}/up`, { 'old.txt': 'from the file', 'new.txt': 'from the file' });
  await put({ 'old.txt': 'stored', 'new.txt': 'stored' });
  const [past, future] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
  await utimes(account.path(here, 'up/old.txt'), past, past);
  await utimes(account.path(here, 'up/new.txt'), future, future);
  const args = ['cp', `${here}/up`, `oss://${bucket}/${here}/`, '-r', '--update'];
  expect(await account.succeed(args)).toMatch(
    /^Success: Total 2 files, size 26 B, Upload done:\(1 objects, 13 B\), Skip done:\(1 files\), /,
  );
  expect(await stored(`${here}/`)).toEqual({ 'old.txt': 'stored', 'new.txt': 'from the file' });

  await plant(`${here}/down`, { 'old.txt': 'here', 'new.txt': 'here' });
  await utimes(account.path(here, 'down/old.txt'), past, past);
  await utimes(account.path(here, 'down/new.txt'), future, future);
  const down = await account.succeed([
    'cp',
    `oss://${bucket}/${here}/`,
    `${here}/down`,
    '-r',
    '-u',
  ]);
  expect(down).toContain('Download done:(1 files, 6 B), Skip done:(1 objects)');
  expect(await grown(`${here}/down`)).toEqual({ 'old.txt': 'stored', 'new.txt': 'here' });
  // One file alone, too.
  const one = ['cp', `${here}/up/old.txt`, `oss://${bucket}/${here}/old.txt`, '-u'];
  expect(await account.succeed(one)).toContain('Upload done:(0 objects, 0 B), Skip done:(1 files)');
});

test('links to files go up as files; links to folders and other things are told', async () => {
  await plant(`${here}/up`, { 'real/a.txt': 'A' });
  await plant(`${here}/elsewhere`, { 'secret.txt': 'not meant' });
  await symlink('real/a.txt', account.path(here, 'up/link.txt'));
  await symlink('../elsewhere', account.path(here, 'up/folder-link'));
  await symlink('nowhere', account.path(here, 'up/broken'));
  const done = await account.osskeep(['cp', `${here}/up`, `oss://${bucket}/${here}/`, '-r']);
  expect(done.code).toBe(4);
  expect(done.stderr).toContain('It is a link to a folder, which is not followed.');
  expect(done.stderr).toContain('broken');
  expect(await stored(`${here}/`)).toEqual({ 'link.txt': 'A', 'real/a.txt': 'A' });
});

test('keys that would lead out of the folder are told, and nothing is written there', async () => {
  await put({
    'fine.txt': 'fine',
    '../escaped': 'x',
    'a/../../escaped': 'x',
    'b//c': 'x',
    '/abs': 'x',
  });
  const done = await account.osskeep(['cp', `oss://${bucket}/${here}/`, `${here}/down`, '-r']);
  expect(done.code).toBe(4);
  expect(done.stderr.match(/gives no local name/g)).toHaveLength(4);
  expect(done.stderr).toContain('Download it alone');
  expect(await grown(here)).toEqual({ 'down/fine.txt': 'fine' });
});

test('a link in the way does not lead a download out of the folder', async () => {
  await put({ 'inside/ok.txt': 'ok', 'out/planted.txt': 'x', 'out/deep/planted.txt': 'x' });
  await mkdir(account.path(here, 'outside'), { recursive: true });
  await mkdir(account.path(here, 'down/real'), { recursive: true });
  await symlink('../outside', account.path(here, 'down/out'));
  await symlink('real', account.path(here, 'down/inside'));
  const done = await account.osskeep([
    'cp',
    `oss://${bucket}/${here}/`,
    `${here}/down`,
    '-r',
    '-f',
  ]);
  expect(done.code).toBe(4);
  expect(done.stderr.match(/leads out of/g)).toHaveLength(2);
  expect(await readdir(account.path(here, 'outside'))).toEqual([]);
  expect(await grown(`${here}/down/real`)).toEqual({ 'ok.txt': 'ok' });
});

test('a key that ends with "/" becomes a folder', async () => {
  await put({ 'folder/': '', 'folder/sub/': '', 'odd/': 'content' });
  const done = await account.osskeep(['cp', `oss://${bucket}/${here}/`, `${here}/down`, '-r']);
  expect((await stat(account.path(here, 'down/folder/sub'))).isDirectory()).toBe(true);
  expect(done.stderr).toContain('has content; it names no file.');
  expect(done.code).toBe(4);
});

test('what would fail for every file ends the work at once', async () => {
  await plant(`${here}/up`, tree);
  const env = { OSS_ACCESS_KEY_SECRET: 'another' };
  const target = `oss://${bucket}/${here}/`;
  const wrong = await account.osskeep(['cp', `${here}/up`, target, '-r', '-j', '1'], { env });
  expect(wrong.stderr.match(/SignatureDoesNotMatch/g)).toHaveLength(1);
  expect(wrong.code).toBe(2);
  const gone = await account.osskeep(['cp', `${here}/up`, 'oss://no-such-bucket', '-r']);
  expect(gone.stderr).toContain('NoSuchBucket');
  expect(gone.code).toBe(2);
});

test('nothing under a prefix, and a folder that is not there', async () => {
  const none = await account.osskeep(['cp', `oss://${bucket}/${here}/`, `${here}/down`, '-r']);
  expect(none.stderr).toContain('there is nothing to download');
  expect(none.code).toBe(3);
  const missing = await account.osskeep(['cp', `${here}/missing`, `oss://${bucket}/`, '-r']);
  expect(missing.stderr).toContain(`There is no file ${here}/missing.`);
  expect(missing.code).toBe(3);
});

test('a folder needs -r, and 5 GiB is the most that one request carries', async () => {
  await plant(here, { 'up/a': 'a', large: '' });
  const folder = await account.osskeep(['cp', `${here}/up`, `oss://${bucket}/`]);
  expect(folder.stderr).toContain('Add -r');
  // A sparse file: nothing is written for it.
  await truncate(account.path(here, 'large'), 5 * 1024 ** 3 + 1);
  const large = await account.osskeep(['cp', `${here}/large`, `oss://${bucket}/`]);
  expect(large.stderr).toContain('larger than 5 GiB');
  expect(large.stderr).toContain('in parts');
  expect(large.code).toBe(3);
});

test('ACL, class and media type hold for every file', async () => {
  await plant(`${here}/up`, { 'a.bin': 'a', 'b.html': 'b' });
  const flags = ['--acl', 'private', '--storage-class', 'IA', '--content-type', 'text/x-own'];
  await account.succeed(['cp', `${here}/up`, `oss://${bucket}/${here}/`, '-r', ...flags]);
  for (const name of ['a.bin', 'b.html']) {
    const head = await account.client(bucket).headObject(`${here}/${name}`);
    expect(head).toMatchObject({ contentType: 'text/x-own', storageClass: 'IA' });
    expect((await account.client(bucket).getObjectAcl(`${here}/${name}`)).grant).toBe('private');
  }
});

test.each([
  [['cp', '-', 'oss://b/k', '-r'], 'drop -r'],
  [['cp', 'oss://b/', '-', '-r'], 'drop -r'],
  [['cp', 'oss://b/', 'x', '-r', '--version-id', 'v'], 'drop -r'],
  [['cp', 'a', 'oss://b/', '--include', '*'], 'add -r'],
  [['cp', 'a', 'oss://b/', '-r', '-j', 'many'], '1 to 1000'],
])('%j is refused', async (args, text) => {
  const done = await account.osskeep(args);
  expect(done.stderr).toContain(text);
  expect(done.code).toBe(1);
});
