// Tab: commands, flags, choices, buckets and keys, asked as the shells ask.
import { spawn, spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { because, nothingMayBeSkipped } from '../../../../testing/skips.ts';
import { shells } from '../../src/completion/scripts.ts';
import { Account } from '../support/account.ts';
import { cleanEnvironment, entry, finish } from '../support/command.ts';

let account: Account;

beforeAll(async () => {
  account = await Account.start();
  const client = account.client('examplebucket');
  await client.putBucket();
  await client.putBucket({}, { bucket: 'example-two' });
  for (const key of [
    'photos/1.jpg',
    'photos/2 b.jpg',
    'plain.txt',
    "it's $(x).txt",
    'a\u001b[2J',
  ]) {
    await client.putObject(key, '');
  }
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
  await writeFile(account.path('osskeep'), shim);
  await chmod(account.path('osskeep'), 0o755);
});

afterAll(() => account?.[Symbol.asyncDispose]());

/** Values of what the command proposes for these words; the last is being typed. */
async function propose(...words: string[]): Promise<string[]> {
  const done = await account.osskeep(['__complete', 'fish', '--', ...words]);
  expect(done.stderr).toBe('');
  expect(done.code).toBe(0);
  const lines = done.stdout.toString().split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t')[0] ?? '');
}

test('commands, flags, choices', async () => {
  expect(await propose('s')).toEqual(['serve', 'stat', 'sign', 'set-acl'].sort(inHelpOrder));
  expect(await propose('')).toContain('presign');
  expect(await propose('')).not.toContain('__complete');
  expect(await propose('ls', '--s')).toEqual(['--short-format', '--sts-token', '--sign-version']);
  expect(await propose('list', '--l')).toEqual(['--limited-num']);
  expect(await propose('mb', 'oss://b', '--acl', 'public-read-')).toEqual(['public-read-write']);
  expect(await propose('mb', 'oss://b', '--acl=pr')).toEqual(['--acl=private']);
  expect(await propose('ls', '--output', '')).toEqual(['raw', 'json']);
  expect(await propose('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(await propose('help', 'pre')).toEqual(['presign']);
  expect(await propose('nonsense', '')).toEqual([]);
});

const order = ['serve', 'stat', 'sign', 'set-acl'];
function inHelpOrder(a: string, b: string): number {
  return order.indexOf(a) - order.indexOf(b);
}

test('buckets and keys', async () => {
  expect(await propose('ls', '')).toEqual(['oss://']);
  expect(await propose('ls', 'oss://ex')).toEqual(['oss://example-two/', 'oss://examplebucket/']);
  expect(await propose('cat', 'oss://examplebucket/p')).toEqual([
    'oss://examplebucket/photos/',
    'oss://examplebucket/plain.txt',
  ]);
  expect(await propose('rm', '-r', 'oss://examplebucket/photos/')).toEqual([
    'oss://examplebucket/photos/1.jpg',
    'oss://examplebucket/photos/2 b.jpg',
  ]);
  // A key that would steer the terminal is not proposed.
  expect(await propose('cat', 'oss://examplebucket/a')).toEqual([]);
  // cp takes files, too: the shell proposes them unless an address was begun.
  expect(await propose('cp', '')).toEqual([]);
  expect(await propose('cp', 'o')).toEqual(['oss://']);
  expect(await propose('cp', '-', 'oss://example-')).toEqual(['oss://example-two/']);
});

test('a server that is not there proposes nothing, and says nothing', async () => {
  expect(await propose('ls', '-e', 'http://127.0.0.1:9', 'oss://')).toEqual([]);
});

/** What bash would replace the word by. */
async function bash(line: string): Promise<string[]> {
  const script = `
    source <(osskeep completion bash)
    COMP_LINE=$1; COMP_POINT=$(printf %s "$1" | wc -c)
    _osskeep
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const child = spawn('bash', ['--norc', '-c', script, 'bash', line], {
    env: { ...cleanEnvironment(account.env), PATH: `${account.folder}:${process.env['PATH']}` },
  });
  const done = await finish(child);
  expect(done.stderr).toBe('');
  return done.stdout
    .toString()
    .split('\n')
    .filter((word) => word !== '');
}

test('bash: its words are split at ":", and what it gets is quoted', async () => {
  expect(await bash('osskeep rb')).toEqual(['rb']);
  expect(await bash('osskeep ls oss://ex')).toEqual(['//example-two/', '//examplebucket/']);
  expect(await bash('osskeep cat oss://examplebucket/photos/2')).toEqual([
    '//examplebucket/photos/2\\ b.jpg',
  ]);
  expect(await bash('osskeep cat oss://examplebucket/i')).toEqual([
    "//examplebucket/it\\'s\\ \\$\\(x\\).txt",
  ]);
  expect(await bash('osskeep mb oss://b --acl=pr')).toEqual(['private']);
});

for (const shell of shells) {
  const isThere = spawnSync(shell, ['--version']).error === undefined;
  const why = isThere || nothingMayBeSkipped ? undefined : `${shell} is not here`;
  test.skipIf(why)(`${shell} reads its script without a complaint${because(why)}`, async () => {
    await writeFile(
      account.path(`completion.${shell}`),
      await account.succeed(['completion', shell]),
    );
    const check = spawnSync(shell, ['-n', account.path(`completion.${shell}`)]);
    expect(check.error).toBeUndefined();
    expect(check.stderr.toString()).toBe('');
    expect(check.status).toBe(0);
  });
}
