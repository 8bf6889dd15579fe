// What the command says before it speaks to any server: help, version, wrong command lines.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { run } from './support/command.ts';

const commands = [
  'serve',
  'mb',
  'rb',
  'ls',
  'cp',
  'cat',
  'stat',
  'rm',
  'presign',
  'sign',
  'bucket-versioning',
  'set-acl',
  'access-block',
  'bucket-cname',
  'bucket-cors',
  'config',
  'completion',
];
const key = { OSS_ACCESS_KEY_ID: 'id', OSS_ACCESS_KEY_SECRET: 'secret-of-the-test' };
// Nothing listens there: a command that got this far fails with 3, not 1.
const nowhere = ['-e', 'http://127.0.0.1:9'];

test('--version prints the version of the package', async () => {
  const done = await run(['--version']);
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  expect(done.stdout.toString()).toBe(`${JSON.parse(manifest).version}\n`);
  expect(done.code).toBe(0);
});

test('--help shows the commands, examples and exit codes, and no value of a secret', async () => {
  const done = await run(['--help'], { env: key });
  expect(done.code).toBe(0);
  const text = done.stdout.toString();
  for (const word of [...commands, 'Examples:', 'Exit codes:']) expect(text).toContain(word);
  for (const command of commands) {
    const help = await run([command, '--help'], { env: key });
    expect(help.code).toBe(0);
    expect(help.stdout.toString()).toContain('Examples:');
    expect(help.stdout.toString()).not.toContain(key.OSS_ACCESS_KEY_SECRET);
    for (const line of help.stdout.toString().split('\n')) {
      expect(line.length).toBeLessThanOrEqual(104);
    }
  }
});

test.each([
  [[], 'Usage: osskeep'],
  [['nonsense'], 'unknown command'],
  [['presing', 'oss://b/k'], 'Did you mean presign?'],
  [['presign'], "missing required argument 'address'"],
  [['presign', 'oss://b/k', '--expires-duration', 'soon'], '15m, 1h30m or 7d'],
  [['presign', 'oss://b/k', '--expires-duration', '8d'], '7 days'],
  [['presign', 'oss://b/k', '--expires-date', '2020-01-01T00:00:00'], 'has passed'],
  [['presign', 'oss://b/k', '--timeout', '60', '--expires-duration', '1m'], 'cannot be used with'],
  [['presign', 'oss://b/k', '--traffic-limit', '1'], '819200'],
  [['presign', 'oss://b/k', '--include', '*'], 'add -r'],
  [['presign', 'oss://b'], 'names a bucket, not an object'],
  [['presign', 'file.txt'], 'is no OSS address'],
  [['mb', 'oss://b/key'], 'Write only the bucket: oss://b.'],
  [['mb', 'oss://b', '--acl', 'everyone'], 'public-read-write'],
  [['cp', 'a', 'b'], 'Neither side is in OSS'],
  [['cp', 'oss://b/k', 'oss://b/l'], 'Both sides are in OSS'],
  [['cp', '-', 'oss://b/'], 'Standard input has no name'],
  [['cp', 'oss://b/k', '-', '--acl', 'private'], '--acl is for uploads'],
  [['cp', 'oss://b/', '.'], 'names a bucket, not an object'],
  [['cp', 'a', 'oss://b/k', '--version-id', 'x'], '--version-id'],
])('%j is refused with 1', async (args, text) => {
  const done = await run([...args], { env: key });
  expect(done.stderr).toContain(text);
  expect(done.stderr).not.toContain('    at ');
  expect(done.stdout.toString()).toBe('');
  expect(done.code).toBe(1);
});

test('without a key it says which variables to set', async () => {
  const done = await run(['presign', 'oss://b/k', ...nowhere]);
  expect(done.stderr).toContain('Set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET');
  expect(done.code).toBe(1);
});

test('signing needs no server', async () => {
  const done = await run(['presign', 'oss://bucket/k', ...nowhere], { env: key });
  expect(done.code).toBe(0);
  expect(done.stdout.toString()).toMatch(/^http:\/\/127\.0\.0\.1:9\/bucket\/k\?/);
});

test('the addressing style decides where the bucket is named', async () => {
  const url = async (...args: string[]): Promise<string> => {
    const done = await run(['presign', 'oss://bucket/k', ...args], { env: key });
    expect(done.stderr).toBe('');
    return done.stdout.toString();
  };
  expect(await url('-e', 'https://oss-cn-hangzhou.aliyuncs.com')).toMatch(
    /^https:\/\/bucket\.oss-cn-hangzhou\.aliyuncs\.com\/k\?/,
  );
  expect(await url('-e', 'https://static.example.test', '--addressing-style', 'cname')).toMatch(
    /^https:\/\/static\.example\.test\/k\?/,
  );
  expect(await url('-e', 'http://oss.test:6770', '--addressing-style', 'path')).toMatch(
    /^http:\/\/oss\.test:6770\/bucket\/k\?/,
  );
});

test('a server that is not there is told with what to do', async () => {
  const done = await run(['mb', 'oss://bucket', ...nowhere], { env: key });
  expect(done.code).toBe(3);
  expect(done.stderr).toMatch(/^osskeep: Cannot make the bucket oss:\/\/bucket: /);
  expect(done.stderr).toContain('osskeep serve');
  expect(done.stderr).not.toContain(key.OSS_ACCESS_KEY_SECRET);
});

test('a missing local file is told by name', async () => {
  const done = await run(['cp', 'no-such-file', 'oss://b/k', ...nowhere], { env: key });
  expect(done.code).toBe(3);
  expect(done.stderr).toBe('osskeep: There is no file no-such-file.\n');
});
