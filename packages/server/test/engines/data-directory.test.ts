// The data folder: made whole, never through links, refused when it is not ours to read.
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { because } from '../../../../testing/skips.ts';
import { DataDirectoryError } from '../../src/engines/embedded/folder/data-directory.ts';
import { checkFormat, prepareDirectory } from '../../src/engines/embedded/index.ts';
import { done, set } from '../contract/metadata/short-hand.ts';
import { openBlobs } from './open-blobs.ts';
import { openLmdb } from './open-lmdb.ts';
import { temporaryDirectory } from './temporary-directory.ts';

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

/** As boot does, then closed again. */
async function useOnce(directory: string): Promise<void> {
  await prepareDirectory(directory);
  await checkFormat(directory);
  const metadata = await openLmdb(join(directory, 'metadata'));
  await done(metadata, { set: [set('a')] });
  const blobs = await openBlobs(join(directory, 'blobs'));
  await blobs.close();
  await metadata.close();
}

describe('a data folder', () => {
  test('is made with its parents and parts, for its owner alone', async () => {
    const directory = join(await temporaryDirectory(), 'var', 'lib', 'osskeep');
    await useOnce(directory);
    expect((await readdir(directory)).sort()).toEqual(['blobs', 'format.json', 'metadata']);
    for (const part of ['.', 'metadata', 'blobs']) {
      expect(await modeOf(join(directory, part))).toBe(0o700);
    }
    expect(await modeOf(join(directory, 'format.json'))).toBe(0o600);
    for (const name of await readdir(directory, { recursive: true })) {
      expect((await modeOf(join(directory, name))) & 0o077, name).toBe(0);
    }
    await useOnce(directory);
  });

  test('that is a symbolic link, or has one inside, is refused', async () => {
    const parent = await temporaryDirectory();
    const elsewhere = join(parent, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, join(parent, 'link'));
    await expect(prepareDirectory(join(parent, 'link'))).rejects.toThrow(/symbolic link; name the/);
    for (const part of ['metadata', 'blobs']) {
      const directory = join(parent, `with-${part}`);
      await mkdir(directory);
      await symlink(elsewhere, join(directory, part));
      await expect(prepareDirectory(directory)).rejects.toThrow(DataDirectoryError);
    }
    await symlink(join(parent, 'nowhere'), join(parent, 'dangling'));
    await expect(prepareDirectory(join(parent, 'dangling'))).rejects.toThrow(DataDirectoryError);
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test('that is a file is refused', async () => {
    const path = join(await temporaryDirectory(), 'file');
    await writeFile(path, '');
    await expect(prepareDirectory(path)).rejects.toThrow(/is not a folder/);
  });

  // Nothing is closed to root.
  const isRoot = process.getuid?.() === 0 ? 'root may do everything' : undefined;
  test.skipIf(isRoot)(
    `under a folder that only lets through is accepted${because(isRoot)}`,
    async () => {
      const parent = await temporaryDirectory();
      const closed = join(parent, 'closed');
      await mkdir(join(closed, 'ours'), { recursive: true });
      await chmod(closed, 0o111);
      await prepareDirectory(join(closed, 'ours'));
      await chmod(closed, 0o700);
      expect((await readdir(join(closed, 'ours'))).sort()).toEqual(['blobs', 'metadata']);
    },
  );
});

describe('the format', () => {
  test('of a newer program is refused by name, a damaged one too', async () => {
    const directory = await temporaryDirectory();
    await useOnce(directory);
    const path = join(directory, 'format.json');
    await writeFile(path, JSON.stringify({ format: 3 }));
    await expect(checkFormat(directory)).rejects.toThrow(
      'written by a newer osskeep (format 3); this one knows formats up to 2',
    );
    for (const text of ['', 'not json', '{}', '{"format":"1"}', '{"format":0}', '{"format":1.5}']) {
      await writeFile(path, text);
      await expect(checkFormat(directory), text).rejects.toThrow(/is damaged/);
    }
  });

  test('of an older program is taken over: one from before the journal opens it no more', async () => {
    const directory = await temporaryDirectory();
    await useOnce(directory);
    const path = join(directory, 'format.json');
    await writeFile(path, JSON.stringify({ format: 1 }));
    await checkFormat(directory);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ format: 2 });
    expect(await modeOf(path)).toBe(0o600);
  });

  test('file that is gone beside data, or data gone beside blobs, is not made up for', async () => {
    const directory = await temporaryDirectory();
    await useOnce(directory);
    await unlink(join(directory, 'format.json'));
    await expect(checkFormat(directory)).rejects.toThrow(/format.json is gone/);
    const other = await temporaryDirectory();
    await useOnce(other);
    await rm(join(other, 'metadata', 'data.mdb'));
    await expect(checkFormat(other)).rejects.toThrow(/holds blobs, but no metadata/);
  });

  test('a start that ended before the first byte is gone on with', async () => {
    const directory = await temporaryDirectory();
    await prepareDirectory(directory);
    await writeFile(join(directory, 'format.json.new'), '{"for');
    await checkFormat(directory);
    await checkFormat(directory);
    await useOnce(directory);
  });
});
