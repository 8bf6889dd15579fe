import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsIn } from '../src/settings-in.ts';
import { temporaryFolder } from './support/command.ts';

test.each([
  ['listen: 127.0.0.1:1\n', true],
  ['# data\nregion: cn-beijing\n"listen" : ":1"\n', true],
  ['{ "region": "cn-beijing", "listen": ":1" }', true],
  ['---\n{listen: ":1"}', true],
  ['# listen: 1\nregion: cn-beijing\n', false],
  ['limits:\n  listen: 1\n', false],
  ['unlisten: 1\n', false],
  ['', false],
])('%j names listen: %s', async (text, named) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'osskeep.yaml');
  await writeFile(path, text);
  expect((await settingsIn(path))('listen')).toBe(named);
});

test('no file, or none that can be read, names nothing', async () => {
  expect((await settingsIn(undefined))('data')).toBe(false);
  expect((await settingsIn('/does/not/exist'))('data')).toBe(false);
});
