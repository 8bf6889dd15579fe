// What only the embedded engine has to hold: other processes, restarts, pages, a disk that refuses.

import { describe, expect, test } from 'vitest';
import type { Stamp } from '../../src/core/ports/metadata.ts';
import { readRow } from '../../src/core/ports/read-rows.ts';
import { LmdbReader } from '../../src/engines/embedded/metadata/lmdb-reader.ts';
import { openTables } from '../../src/engines/embedded/metadata/lmdb-tables.ts';
import { done, key, set, textAt, viewOf } from '../contract/metadata/short-hand.ts';
import { startChild } from './child.ts';
import { reportOfFullDisk } from './full-disk.ts';
import { openLmdb } from './open-lmdb.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describe('a reader in another process', () => {
  /** Commits round by round while the child looks; returns how often it saw an older value. */
  async function countStale(rounds: number, how: string): Promise<number> {
    const path = await temporaryDirectory();
    const metadata = await openLmdb(path);
    await done(metadata, { set: [set('observed', 'start')] });
    const child = startChild('lmdb-observer', [path, String(rounds), how]);
    let stale = 0;
    for (let round = 0; round < rounds; round += 1) {
      expect(await child.hear()).toBe('ready');
      await done(metadata, { set: [set('observed', `round ${round}`)] });
      child.say('look');
      if ((await child.hear()) !== `round ${round}`) stale += 1;
    }
    expect(await child.ended()).toBe(0);
    await metadata.close();
    return stale;
  }

  test('sees every commit as soon as it is acknowledged, in one view', async () => {
    expect(await countStale(600, 'renews-view')).toBe(0);
  });

  test('that keeps its view does not: the check can fail', async () => {
    expect(await countStale(50, 'keeps-view')).toBeGreaterThan(25);
  });
});

describe('a restart', () => {
  test('keeps rows, counters and stamps, and gives no stamp again', async () => {
    const path = await temporaryDirectory();
    const given = new Set<Stamp>();
    for (let start = 0; start < 5; start += 1) {
      const metadata = await openLmdb(path);
      // The first commit takes a stamp also when it changes nothing.
      await done(metadata, { check: [{ key: key('absent'), stamp: null }] });
      for (let round = 0; round < 20; round += 1) {
        const stamp = await done(metadata, {
          set: [set('row', `${start} ${round}`)],
          add: [{ key: key('n'), deltas: [1n] }],
        });
        expect(given).not.toContain(stamp);
        given.add(stamp);
      }
      await metadata.close();
      const again = await openLmdb(path);
      expect(await textAt(again, 'row')).toBe(`${start} 19`);
      expect(await again.counters(key('n'))).toEqual([BigInt(20 * (start + 1))]);
      const { rows } = await viewOf(again, { keys: [key('row')] });
      expect(given).toContain(rows[0]?.stamp);
      await again.close();
    }
    expect(given.size).toBe(100);
  });
});

describe('pages', () => {
  const rows = 40;

  async function pagesFor(beyond: number): Promise<number> {
    const path = await temporaryDirectory();
    const metadata = await openLmdb(path);
    const value = Buffer.alloc(metadata.inlineBytesMax + beyond);
    for (let row = 0; row < rows; row += 1) {
      await done(metadata, { set: [{ key: key(`row/${row}`), value }] });
    }
    await metadata.close();
    const tables = await openTables(path, 'read');
    const { overflowPages } = tables.rows.getStats() as { overflowPages: number };
    await tables.root.close();
    return overflowPages;
  }

  test('the largest inline value takes one page, one byte more takes two', async () => {
    expect(await pagesFor(0)).toBe(rows);
    expect(await pagesFor(1)).toBe(2 * rows);
  });
});

describe('a disk that refuses', () => {
  test('makes the engine read-only, and loses nothing that was acknowledged', async () => {
    const path = await temporaryDirectory();
    const report = await reportOfFullDisk(path, 4 * 1024);
    expect(report.acknowledged.length).toBeGreaterThan(50);
    expect(report.missing).toEqual([]);
    expect(report.later).toBe('ReadOnlyError');
    expect(report.fatal).toHaveLength(1);
    expect(report.fatal[0]).toContain('could not be written');
    expect(report.unhandled).toEqual([]);
    // Those in the failed transaction learn only that its outcome is unknown.
    expect(report.refusals).toContain('Error');
    const metadata = await openLmdb(path);
    const { rows } = await viewOf(metadata, { keys: report.acknowledged.map((name) => key(name)) });
    expect(rows.every((row) => row?.value.length === 8_000)).toBe(true);
    await done(metadata, { set: [set('later')] });
    await metadata.close();
  });
});

describe('a reader of its own', () => {
  test('reads what the writer of the same process committed, and outlives it', async () => {
    const path = await temporaryDirectory();
    const metadata = await openLmdb(path);
    await done(metadata, { set: [set('a', '1')], add: [{ key: key('n'), deltas: [3n] }] });
    const reader = await LmdbReader.open(path);
    await done(metadata, { set: [set('a', '2')] });
    expect((await readRow(reader, key('a')))?.value.toString()).toBe('2');
    expect(await reader.counters(key('n'))).toEqual([3n]);
    await metadata.close();
    expect((await readRow(reader, key('a')))?.value.toString()).toBe('2');
    await reader.close();
    await expect(reader.read({ keys: [{ key: key('a') }] })).rejects.toThrow(/closed/);
  });
});
