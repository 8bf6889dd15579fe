import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkWritable, writeFileWhole } from '../../src/transfer/write-file.ts';
import { temporaryFolder } from '../support/command.ts';

const fill =
  (text: string) =>
  (path: string): Promise<void> =>
    writeFile(path, text);

test('writes into folders that are not there yet and leaves one file', async () => {
  await using folder = await temporaryFolder();
  await writeFileWhole(join(folder.path, 'a', 'b', 'c.txt'), false, fill('whole'));
  expect(await readdir(join(folder.path, 'a', 'b'))).toEqual(['c.txt']);
  expect(await readFile(join(folder.path, 'a', 'b', 'c.txt'), 'utf8')).toBe('whole');
});

test('a failure in the middle leaves nothing, and what was there stays', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'kept');
  await writeFile(path, 'old');
  const broken = writeFileWhole(path, true, async (temporary) => {
    await writeFile(temporary, 'half');
    throw new Error('the line went dead');
  });
  await expect(broken).rejects.toThrow('the line went dead');
  expect(await readdir(folder.path)).toEqual(['kept']);
  expect(await readFile(path, 'utf8')).toBe('old');
});

test('a file that appears during the transfer is not overwritten', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'race');
  await checkWritable(path, false);
  const late = writeFileWhole(path, false, async (temporary) => {
    await writeFile(temporary, 'downloaded');
    await writeFile(path, 'somebody else');
  });
  await expect(late).rejects.toThrow('exists already');
  expect(await readdir(folder.path)).toEqual(['race']);
  expect(await readFile(path, 'utf8')).toBe('somebody else');
});

test('a dangling link counts as something there, and a folder is never replaced', async () => {
  await using folder = await temporaryFolder();
  await symlink('/nowhere/at/all', join(folder.path, 'link'));
  await expect(checkWritable(join(folder.path, 'link'), false)).rejects.toThrow('exists already');
  await mkdir(join(folder.path, 'sub'));
  await expect(checkWritable(join(folder.path, 'sub'), true)).rejects.toThrow('is a folder');
});

test('the longest names still leave room for the temporary one', async () => {
  await using folder = await temporaryFolder();
  for (const name of ['x'.repeat(255), '中'.repeat(85)]) {
    await writeFileWhole(join(folder.path, name), false, fill('long'));
    expect(await readFile(join(folder.path, name), 'utf8')).toBe('long');
  }
});
