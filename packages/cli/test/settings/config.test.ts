// osskeep config: what it writes, what it keeps, and that a secret is never shown.
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { because } from '../../../../testing/skips.ts';
import { type Finished, run, temporaryFolder } from '../support/command.ts';
import { noScript, runOnTerminal } from '../support/terminal.ts';

let home = '';

beforeEach(async () => {
  const folder = await temporaryFolder();
  home = folder.path;
  onTestFinished(() => Promise.resolve(folder[Symbol.asyncDispose]()));
});

function config(...args: string[]): Promise<Finished> {
  return run(['config', ...args], { env: { HOME: home }, cwd: home });
}

const file = (): string => join(home, '.ossutilconfig');

test('flags are written under the names of ossutil, for the owner alone', async () => {
  const done = await config(
    '-e',
    'http://127.0.0.1:6770',
    '-i',
    'id',
    '-k',
    'a secret',
    '--region',
    'cn-beijing',
  );
  expect(done.stderr).toBe('');
  expect(done.stdout.toString()).toBe(`Wrote the profile "default" to ${file()}\n`);
  expect(await readFile(file(), 'utf8')).toBe(
    '[default]\naccessKeyID = id\naccessKeySecret = a secret\nregion = cn-beijing\n' +
      'endpoint = http://127.0.0.1:6770\n',
  );
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

test('other profiles, comments and settings stay; only what was said changes', async () => {
  const before =
    '# mine\n[Credentials]\naccessKeyID=one\n\n[profile dev]\nregion = a\nretryTimes = 3\n';
  await writeFile(file(), before);
  await chmod(file(), 0o644);
  await config('--profile', 'dev', '--region', 'b', '-i', 'two');
  expect(await readFile(file(), 'utf8')).toBe(
    `${before.replace('region = a', 'region = b')}accessKeyID = two\n`,
  );
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

test('a file elsewhere, and a link that stays a link', async () => {
  await mkdir(join(home, 'dotfiles'));
  await writeFile(join(home, 'dotfiles/oss'), '[default]\nregion = a\n');
  await symlink('dotfiles/oss', file());
  await config('--region', 'b');
  expect(await readFile(join(home, 'dotfiles/oss'), 'utf8')).toBe('[default]\nregion = b\n');
  await config('-c', 'own', '--region', 'c');
  expect(await readFile(join(home, 'own'), 'utf8')).toBe('[default]\nregion = c\n');
});

test.each([
  ['no terminal', [], 'no terminal to ask on'],
  ['a name that is none', ['--profile', 'a]b', '--region', 'x'], 'no name of a profile'],
  ['a line end', ['--region', 'x\n[default]'], 'cannot hold a line end'],
  ['a wrong style', ['--addressing-style', 'x'], 'virtual, path, cname'],
])('%s is refused, and nothing is written', async (_name, args, text) => {
  const done = await config(...args);
  expect(done.stderr).toContain(text);
  expect(done.code).toBe(1);
  await expect(stat(file())).rejects.toThrow('ENOENT');
});

test.skipIf(noScript)(
  `on a terminal it asks, and does not show the secret${because(noScript)}`,
  async () => {
    const shown = await runOnTerminal(['config'], {
      env: { HOME: home },
      cwd: home,
      answers: [
        ['Access Key ID', 'typed-id'],
        ['Access Key Secret', 'typed-secret'],
        ['Region', ''],
        ['Endpoint', 'http://127.0.0.1:1234'],
      ],
    });
    expect(shown.code).toBe(0);
    expect(shown.text).toContain('typed-id');
    expect(shown.text).not.toContain('typed-secret');
    expect(await readFile(file(), 'utf8')).toBe(
      '[default]\naccessKeyID = typed-id\naccessKeySecret = typed-secret\nregion = cn-hangzhou\n' +
        'endpoint = http://127.0.0.1:1234\n',
    );
    const again = await runOnTerminal(['config'], {
      env: { HOME: home },
      cwd: home,
      answers: [
        ['Access Key ID [typed-id]', ''],
        ['Access Key Secret [********]', ''],
        ['Region', 'cn-beijing'],
        ['Endpoint [http://127.0.0.1:1234]', ''],
      ],
    });
    expect(again.text).not.toContain('typed-secret');
    expect(await readFile(file(), 'utf8')).toContain(
      'accessKeySecret = typed-secret\nregion = cn-beijing\n',
    );
  },
);

test.skipIf(noScript)(`Ctrl-C while it asks writes nothing${because(noScript)}`, async () => {
  const shown = await runOnTerminal(['config'], {
    env: { HOME: home },
    cwd: home,
    answers: [['Access Key ID', '\u0003']],
  });
  expect(shown.code).not.toBe(0);
  await expect(stat(file())).rejects.toThrow('ENOENT');
});
