// Both engines take the hint: a row for each group, whatever its size. What a listing costs rests on it.
import { describe, expect, test } from 'vitest';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { readRange } from '../../src/core/ports/read-rows.ts';
import { behind, groupOf, isIn } from '../../src/engines/groups.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { done, key, set } from '../contract/metadata/short-hand.ts';
import { openLmdb } from './open-lmdb.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const engines: Record<string, () => Promise<Metadata>> = {
  memory: async () => new MemoryMetadata(),
  embedded: async () => openLmdb(await temporaryDirectory()),
};

describe.each(Object.entries(engines))('over %s', (_name, open) => {
  test.each([[1], [2], [3], [7], [40]])('groups of %i come as one row each', async (size) => {
    const metadata = await open();
    const groups = Array.from({ length: 120 }, (_, at) => `p/${String(at).padStart(3, '0')}`);
    const commits = groups.map((group) => {
      const members = Array.from({ length: size }, (_, member) => set(`${group}/${member}`));
      // Beside them rows that stand for themselves.
      return { set: [...members, set(`${group}-single`)] };
    });
    await metadata.commitMany(commits);
    const rollUp = { from: 2, delimiter: key('/') };
    const rows = await readRange(metadata, {
      from: key('p/'),
      to: key('p0'),
      limit: 1_000,
      rollUp,
    });
    const firsts = groups.flatMap((group) => [`${group}-single`, `${group}/0`]);
    expect(rows.map((row) => row.key.toString())).toEqual(firsts);
    await metadata.close();
  });

  test('a group up to the last key there is ends the range', async () => {
    const metadata = await open();
    const last = Buffer.of(0xff, 0xff);
    const members = Array.from({ length: 30 }, (_, at) => Buffer.concat([last, Buffer.of(at)]));
    await done(metadata, { set: members.map((each) => ({ key: each, value: last })) });
    const asked = { from: Buffer.of(0), to: Buffer.alloc(9, 0xff), limit: 1_000 };
    const rows = await readRange(metadata, {
      ...asked,
      rollUp: { from: 1, delimiter: Buffer.of(0xff) },
    });
    expect(rows.map((row) => row.key)).toEqual([members[0]]);
    await metadata.close();
  });
});

describe('groups', () => {
  test.each([
    ['a/b', 0, 0, 'a/'],
    ['a/b', 1, 0, 'a/'],
    ['a/b', 2, 0, undefined],
    ['a/b/c', 2, 0, 'a/b/'],
    ['a/', 0, 0, 'a/'],
    ['a/', 0, 1, undefined],
    ['a/xy', 0, 2, 'a/'],
    ['a/xy', 0, 3, undefined],
    ['a', 9, 0, undefined],
  ])('%s from %i, but for %i bytes: %s', (name, from, suffixBytes, group) => {
    const found = groupOf(key(name), { from, delimiter: key('/'), suffixBytes });
    expect(found?.toString()).toBe(group);
  });

  test('a group begins every key in it, and no other', () => {
    expect(isIn(key('a/'), key('a/'))).toBe(true);
    expect(isIn(key('a/'), key('a/b'))).toBe(true);
    expect(isIn(key('a/'), key('a'))).toBe(false);
    expect(isIn(key('a/'), key('a0'))).toBe(false);
  });

  test('the first key behind a group', () => {
    expect(behind(key('a/'))).toEqual(key('a0'));
    expect(behind(Buffer.of(1, 0xff, 0xff))).toEqual(Buffer.of(2));
    expect(behind(Buffer.of(0xff))).toBeUndefined();
  });
});
