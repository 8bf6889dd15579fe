// A folder that has a journal, of an earlier version: LMDB gets what it lacks at the next start, once, and the
// file goes. A damaged one stops the start.
import { copyFile, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metadata, Stamp } from '../../../src/core/ports/metadata.ts';
import { readRange } from '../../../src/core/ports/read-rows.ts';
import { DataDirectoryError } from '../../../src/engines/embedded/folder/data-directory.ts';
import { openTables } from '../../../src/engines/embedded/metadata/lmdb-tables.ts';
import type { Writes } from '../../../src/engines/embedded/metadata/writes.ts';
import { done, key, set, textAt } from '../../contract/metadata/short-hand.ts';
import { startChild } from '../child.ts';
import { copyOf, isThere } from '../copy-of.ts';
import { openLmdb } from '../open-lmdb.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { OldFolder, storedPlace } from './old-journal.ts';

const counterKey = key('n');
let lastStamp = 100n;

/** A batch of an earlier version: null = removed. */
function batch(rows: Record<string, string | null>, sum?: bigint, stampsBelow?: Stamp): Writes {
  lastStamp += 1n;
  return {
    rows: Object.entries(rows).map(([name, text]) =>
      text === null
        ? { key: key(name), stamp: 0n, value: undefined }
        : { key: key(name), stamp: lastStamp, value: Buffer.from(text) },
    ),
    counters: sum === undefined ? [] : [{ key: counterKey, sums: [sum] }],
    stampsBelow,
  };
}

/** Everything there is, as text. */
async function contents(metadata: Metadata): Promise<string[]> {
  const rows = await readRange(metadata, { from: Buffer.of(0), to: Buffer.of(0xff), limit: 1_000 });
  const texts = rows.map((row) => `${row.key}=${row.value} ${row.stamp}`);
  return [...texts, `n=${(await metadata.counters(counterKey)).join()}`];
}

async function contentsOf(path: string): Promise<string[]> {
  const metadata = await openLmdb(path);
  const found = await contents(metadata);
  await metadata.close();
  return found;
}

/** What LMDB alone has, and how far it says it has got; nothing is opened for writing. */
async function stored(path: string): Promise<unknown> {
  const tables = await openTables(path, 'read');
  const rows = [...tables.rows.getRange()].map(
    ({ key: each, value }) => `${each} ${value.toString('hex')}`,
  );
  const place = storedPlace(tables)?.toString('hex');
  await tables.root.close();
  return { rows, place };
}

/** Rows that LMDB has, and rows that only the journal has. */
async function leftBehind(): Promise<OldFolder> {
  const folder = await OldFolder.open();
  await folder.small(batch({ kept: 'before', gone: 'before', old: 'before' }, 5n, 1_000n));
  await folder.move();
  await folder.small(batch({ kept: 'between' }, 6n));
  await folder.small(batch({ kept: 'after', new: 'after', gone: null }, 7n, 2_000n));
  await folder.crash();
  return folder;
}

const drained = ['kept=after', 'new=after', 'old=before', 'n=7'];
const withoutStamps = (found: readonly string[]): string[] =>
  found.map((each) => each.split(' ')[0] ?? '');

describe('what was acknowledged', () => {
  test('is there, and needs no journal any more', async () => {
    const { path } = await leftBehind();
    const metadata = await openLmdb(path);
    expect(withoutStamps(await contents(metadata))).toEqual(drained);
    expect(await isThere(join(path, 'journal'))).toBe(false);
    // No stamp below the mark that only the journal had is given.
    expect(await done(metadata, { set: [set('later')] })).toBeGreaterThanOrEqual(2_000n);
    await metadata.close();
    expect(withoutStamps(await contentsOf(path))).toEqual([
      'kept=after',
      'later=value',
      ...drained.slice(1),
    ]);
    expect(await isThere(join(path, 'journal'))).toBe(false);
  });

  test('is the same from any number of records and whatever LMDB has, torn ones at the end or not', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const change = fc.record({
      rows: fc.dictionary(fc.constantFrom(...names), fc.option(fc.constantFrom('x', 'y', 'z'))),
      how: fc.constantFrom('small', 'small', 'small', 'move', 'large'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 14 }),
        fc.boolean(),
        async (changes, isTorn) => {
          const folder = await OldFolder.open();
          const expected = new Map<string, string>();
          let sum = 0n;
          for (const { rows, how } of changes) {
            if (how === 'move') {
              await folder.move();
              continue;
            }
            sum += 1n;
            const writes = batch(rows, sum);
            for (const row of writes.rows) {
              if (row.value === undefined) expected.delete(row.key.toString());
              else expected.set(row.key.toString(), `${row.value} ${row.stamp}`);
            }
            if (how === 'small') await folder.small(writes);
            else await folder.move(writes);
          }
          if (isTorn)
            folder.journal.tear(batch({ a: 'torn'.repeat(3_000) }, -1n), (block) => block !== 1);
          await folder.crash();
          const rows = [...expected].map(([name, row]) => `${name}=${row}`).sort();
          expect(await contentsOf(folder.path)).toEqual([...rows, `n=${sum === 0n ? '' : sum}`]);
          expect(await isThere(join(folder.path, 'journal'))).toBe(false);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is there also when the journal has come around to its beginning', async () => {
    const folder = await OldFolder.open();
    const value = 'v'.repeat(1_000_000);
    for (let round = 0; round < 20; round += 1) {
      if (round % 5 === 4) await folder.move();
      await folder.small(batch({ [`row ${round % 6}`]: `${round} ${value}` }));
    }
    await folder.crash();
    const metadata = await openLmdb(folder.path);
    for (let round = 14; round < 20; round += 1) {
      expect((await textAt(metadata, `row ${round % 6}`))?.split(' ')[0]).toBe(`${round}`);
    }
    await metadata.close();
  });

  test('stays when a journal that was drained is there again: newer values stay newer', async () => {
    const { path } = await leftBehind();
    const before = await copyOf(path);
    const metadata = await openLmdb(path);
    await done(metadata, { set: [set('kept', 'much later')], del: [key('new')] });
    await metadata.close();
    // As a crash between the transaction and the removal leaves it, or whoever puts an old file back.
    await copyFile(join(before, 'journal'), join(path, 'journal'));
    const again = await openLmdb(path);
    expect(await textAt(again, 'kept')).toBe('much later');
    expect(await textAt(again, 'new')).toBeNull();
    await again.close();
    expect(await isThere(join(path, 'journal'))).toBe(false);
  });

  test('is the same when the process is killed while it drains, at any moment', async () => {
    const { path } = await leftBehind();
    const expected = await contentsOf(await copyOf(path));
    for (const ms of [0, 1, 2, 4, 8, 16]) {
      const copy = await copyOf(path);
      const child = startChild('metadata-opener', [copy]);
      expect(await child.hear()).toBe('opening');
      await sleep(ms);
      await child.kill('SIGKILL');
      await rm(join(copy, 'lock.mdb'), { force: true });
      expect(await contentsOf(copy)).toEqual(expected);
    }
  });
});

describe('an earlier version that is started once more', () => {
  test('goes on where the journal ended, and what it acknowledges is taken over again', async () => {
    const { path } = await leftBehind();
    const expected = await contentsOf(path);
    const again = await OldFolder.open(path);
    expect(again.journal.next).toEqual({ sequence: 4, at: 12_288 });
    await again.small(batch({ back: 'there' }));
    await again.crash();
    expect(await contentsOf(path)).toEqual([`back=there ${lastStamp}`, ...expected]);
    const moved = await OldFolder.open(path);
    await moved.small(batch({ back: 'moved' }));
    await moved.move();
    await moved.crash();
    expect(await contentsOf(path)).toEqual([`back=moved ${lastStamp}`, ...expected]);
  });
});

describe('a damaged journal', () => {
  async function expectRefused(path: string, why: RegExp): Promise<void> {
    const before = await stored(path);
    const file = await readFile(join(path, 'journal')).catch(() => undefined);
    const refused = openLmdb(path);
    await expect(refused).rejects.toThrow(DataDirectoryError);
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.toThrow(join(path, 'journal'));
    expect(await stored(path)).toEqual(before);
    const after = await readFile(join(path, 'journal')).catch(() => undefined);
    expect(after === file || (file !== undefined && after?.equals(file))).toBe(true);
  }

  test('stops the start by name, and nothing is written', async () => {
    const { path } = await leftBehind();
    const file = await readFile(join(path, 'journal'));
    // The first of the two records that LMDB lacks.
    file[4_096 + 50] = (file[4_096 + 50] as number) ^ 1;
    await writeFile(join(path, 'journal'), file);
    await expectRefused(
      path,
      /is damaged, record 2 is gone, and there are later ones; it held writes/,
    );
    await expectRefused(path, /put an empty file in its place/);
  });

  test('may be a file that is gone', async () => {
    const { path } = await leftBehind();
    await rm(join(path, 'journal'));
    await expectRefused(path, /is damaged, it is gone; it held writes/);
  });

  test('is not looked for behind a link', async () => {
    const { path } = await leftBehind();
    const elsewhere = join(await temporaryDirectory(), 'journal');
    await rename(join(path, 'journal'), elsewhere);
    await symlink(elsewhere, join(path, 'journal'));
    await expect(openLmdb(path)).rejects.toThrow(/ELOOP/);
  });

  test('is given up by an empty file in its place, and by nothing else', async () => {
    const { path } = await leftBehind();
    await writeFile(join(path, 'journal'), '\0');
    await expectRefused(path, /it was cut: 1 bytes are left/);
    await writeFile(join(path, 'journal'), '');
    expect(withoutStamps(await contentsOf(path))).toEqual([
      'gone=before',
      'kept=before',
      'old=before',
      'n=5',
    ]);
    expect(await isThere(join(path, 'journal'))).toBe(false);
    await contentsOf(path);
  });
});

test('a folder that never had a journal gets none, and no word of one', async () => {
  const path = await temporaryDirectory();
  const metadata = await openLmdb(path);
  await done(metadata, { set: [set('a')] });
  await metadata.close();
  expect(await stored(path)).toMatchObject({ place: undefined });
  expect(await isThere(join(path, 'journal'))).toBe(false);
});
