// The embedded engine with a journal: what was acknowledged is in the folder at every moment, whether LMDB
// has it already or not. A copy of the folder is what a crash leaves.

import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Metadata, Stamp } from '../../src/core/ports/metadata.ts';
import { readRow } from '../../src/core/ports/read-rows.ts';
import {
  type LmdbMetadata,
  openJournaledMetadata,
  openLmdbMetadata,
} from '../../src/engines/embedded/metadata/lmdb-metadata.ts';
import { LmdbReader } from '../../src/engines/embedded/metadata/lmdb-reader.ts';
import { done, key, set, textAt, viewOf } from '../contract/metadata/short-hand.ts';
import { reportOfFullDisk } from './full-disk.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function onFatal(error: Error): void {
  throw error;
}

function open(path: string): Promise<LmdbMetadata> {
  return openJournaledMetadata({ path, onFatal });
}

/** The folder as it is now. */
async function copyOf(path: string): Promise<string> {
  const copy = await temporaryDirectory();
  // Without LMDB's table of readers, which is made anew.
  for (const name of ['journal', 'data.mdb']) await cp(join(path, name), join(copy, name));
  return copy;
}

async function lmdbHas(path: string, name: string): Promise<boolean> {
  const reader = await LmdbReader.open(path);
  const { rows } = await viewOf(reader, { keys: [key(name)] });
  await reader.close();
  return rows[0] !== null;
}

const everything = { from: Buffer.of(0), to: Buffer.of(0xff), limit: 1_000 };

/** Longer than anything waits for more. */
const moved = () => sleep(400);

describe('what was acknowledged', () => {
  test.each([
    ['with a journal', openJournaledMetadata],
    ['without one', openLmdbMetadata],
  ])('is there after a crash, for a start %s', async (_how, openAgain) => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    await done(metadata, {
      set: [set('kept', 'before'), set('gone', 'before'), set('old', 'before')],
      add: [{ key: key('n'), deltas: [5n] }],
    });
    await moved();
    const stamp = await done(metadata, {
      set: [set('kept', 'after'), set('new', 'after')],
      del: [key('gone')],
      add: [{ key: key('n'), deltas: [2n, 7n] }],
    });
    const copy = await copyOf(path);
    // It was not a start of LMDB alone that had it.
    expect(await lmdbHas(copy, 'new')).toBe(false);
    const again = await openAgain({ path: copy, onFatal });
    const all = await again.read({ ranges: [everything] });
    expect(all.ranges[0]?.map((row) => `${row.key} ${row.value}`)).toEqual([
      'kept after',
      'new after',
      'old before',
    ]);
    expect((await readRow(again, key('new')))?.stamp).toBe(stamp);
    expect(await again.counters(key('n'))).toEqual([7n, 7n]);
    await again.close();
    // And it needs no journal any more.
    expect(await lmdbHas(copy, 'new')).toBe(true);
    await metadata.close();
  });

  test('is in LMDB a moment later, and at the latest when it is closed', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    await done(metadata, { set: [set('a')] });
    expect(await lmdbHas(path, 'a')).toBe(false);
    await moved();
    expect(await lmdbHas(path, 'a')).toBe(true);
    await done(metadata, { set: [set('b')] });
    await metadata.close();
    expect(await lmdbHas(path, 'b')).toBe(true);
  });

  test('small and large batches keep their order, at every moment', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    const large = (round: number) =>
      Array.from({ length: 40 }, (_, at) => set(`row ${at}`, `${round}`));
    for (let round = 0; round < 12; round += 1) {
      if (round % 3 === 2) await done(metadata, { set: large(round) });
      else await done(metadata, { set: [set('row 7', `${round}`), set(`only ${round}`)] });
      if (round % 4 === 3) await sleep(60);
      const again = await open(await copyOf(path));
      expect(await textAt(again, 'row 7')).toBe(`${round}`);
      await again.close();
    }
    await metadata.close();
  });

  test('many writers of small and large batches, whatever LMDB is doing meanwhile', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    const acknowledged = new Map<string, string>();
    const value = 'v'.repeat(40_000);
    const writer = async (name: number): Promise<void> => {
      for (let round = 0; round < 60; round += 1) {
        // Some too large for the journal, so that LMDB is at work when others come.
        const count = (name + round) % 5 === 0 ? 30 : 1;
        const rows = Array.from({ length: count }, (_, at) => [
          `${name}/${round % 7}/${at}`,
          round,
        ]);
        await done(metadata, {
          set: rows.map(([row, text]) => set(`${row}`, `${text} ${count === 1 ? value : ''}`)),
          add: [{ key: key('rounds'), deltas: [1n] }],
        });
        for (const [row, text] of rows) acknowledged.set(`${row}`, `${text}`);
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, name) => writer(name)));
    const again = await open(await copyOf(path));
    for (const store of [metadata, again]) {
      for (const [row, text] of acknowledged) {
        expect((await textAt(store, row))?.split(' ')[0], row).toBe(text);
      }
      expect(await store.counters(key('rounds'))).toEqual([360n]);
    }
    await again.close();
    await metadata.close();
  });

  test('a large batch that comes while LMDB takes the small ones before it', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    const value = Buffer.alloc(120_000, 'v');
    // About 17 of them are moved without waiting for more.
    for (let count = 10; count < 25; count += 1) {
      for (let at = 0; at < count; at += 1) {
        await done(metadata, { set: [{ key: key(`small ${count} ${at}`), value }] });
      }
      await done(metadata, {
        set: Array.from({ length: 20 }, (_, at) => set(`large ${count} ${at}`)),
      });
    }
    const again = await open(await copyOf(path));
    const names = Array.from({ length: 15 }, (_, at) => [
      `small ${at + 10} ${at + 9}`,
      `large ${at + 10} 19`,
    ]).flat();
    for (const name of names) expect(await textAt(again, name), name).not.toBeNull();
    await again.close();
    await metadata.close();
  });

  test('a full journal waits for LMDB, and loses nothing', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    // Each takes 128 KiB of 8 MiB.
    const value = Buffer.alloc(120_000, 'v');
    for (let round = 0; round < 200; round += 1) {
      await done(metadata, { set: [{ key: key(`row ${round}`), value }] });
    }
    const again = await open(await copyOf(path));
    const keys = Array.from({ length: 200 }, (_, round) => key(`row ${round}`));
    const { rows } = await viewOf(again, { keys });
    expect(rows.filter((row) => row?.value.length === value.length)).toHaveLength(200);
    await again.close();
    await metadata.close();
  });

  test('stamps are not given again after a crash', async () => {
    let path = await temporaryDirectory();
    const given = new Set<Stamp>();
    for (let start = 0; start < 4; start += 1) {
      const metadata = await open(path);
      for (let round = 0; round < 5; round += 1) {
        const stamp = await done(metadata, { set: [set(`row ${round}`)] });
        expect(given).not.toContain(stamp);
        given.add(stamp);
      }
      // From the journal, or from LMDB, which has what the journal had.
      if (start % 2 === 1) await moved();
      path = await copyOf(path);
      await metadata.close();
    }
  });

  test('is there after a crash that follows a crash at once', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    await done(metadata, { set: [set('a', '1')] });
    let crashed = await copyOf(path);
    await metadata.close();
    for (let crash = 0; crash < 3; crash += 1) {
      const again = await open(crashed);
      expect(await textAt(again, 'a')).toBe('1');
      await done(again, { set: [set(`b ${crash}`)] });
      crashed = await copyOf(crashed);
      await again.close();
    }
    const last = await open(crashed);
    for (const name of ['b 0', 'b 1', 'b 2']) expect(await textAt(last, name)).toBe('value');
    await last.close();
  });
});

describe('a view', () => {
  /** Everything, in both directions and in pieces, is the same from the journal and from LMDB. */
  async function listed(metadata: Metadata): Promise<string[]> {
    const pages: string[] = [];
    for (const reverse of [false, true]) {
      for (const limit of [1, 2, 3, 1_000]) {
        const { ranges } = await metadata.read({ ranges: [{ ...everything, limit, reverse }] });
        pages.push((ranges[0] ?? []).map((row) => `${row.key}=${row.value}`).join(' '));
      }
    }
    return pages;
  }

  test('shows what is pending in front of what LMDB has, in order', async () => {
    const path = await temporaryDirectory();
    const metadata = await open(path);
    await done(metadata, { set: ['b', 'd', 'f', 'h'].map((name) => set(name, 'stored')) });
    await moved();
    await done(metadata, {
      set: [set('a', 'new'), set('d', 'new'), set('e', 'new'), set('i', 'new')],
      del: [key('b'), key('h')],
    });
    const pending = await listed(metadata);
    expect(pending[3]).toBe('a=new d=new e=new f=stored i=new');
    expect(await lmdbHas(path, 'a')).toBe(false);
    await moved();
    expect(await lmdbHas(path, 'a')).toBe(true);
    expect(await listed(metadata)).toEqual(pending);
    await metadata.close();
  });
});

describe('a disk that refuses LMDB', () => {
  test('makes the engine read-only; what the journal took is there after the next start', async () => {
    const path = await temporaryDirectory();
    // The journal's 8 MiB fit into it, and LMDB grows beyond.
    const report = await reportOfFullDisk(path, 12 * 1024, 'journal');
    expect(report.acknowledged.length).toBeGreaterThan(500);
    expect([report.missing, report.unhandled]).toEqual([[], []]);
    expect(report.later).toBe('ReadOnlyError');
    expect(report.fatal).toEqual([expect.stringContaining('could not be written')]);
    const metadata = await open(path);
    for (const name of report.acknowledged) {
      const { rows } = await viewOf(metadata, { keys: [key(name)] });
      expect(rows[0]?.value.length, name).toBe(8_000);
    }
    await metadata.close();
  });
});

test('the journal of a folder that was closed well gives nothing back', async () => {
  const path = await temporaryDirectory();
  const first = await open(path);
  await done(first, { set: [set('a', 'journaled')] });
  await first.close();
  // Without a journal in between: newer than all that stands in it.
  const second = await openLmdbMetadata({ path, onFatal });
  await done(second, { set: [set('a', 'later')] });
  await second.close();
  const third = await open(path);
  expect(await textAt(third, 'a')).toBe('later');
  await third.close();
  expect((await readFile(join(path, 'journal'))).includes('journaled')).toBe(true);
});
