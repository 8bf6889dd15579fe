// Reading: what was acknowledged is there, in one view, and belongs to nobody else.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'vitest';
import { readRow } from '../../../src/core/ports/read-rows.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, range, readKnown, rowAt, set, textAt, viewOf } from './short-hand.ts';

export const readChecks: readonly MetadataCheck[] = [
  {
    name: 'a read after an acknowledged commit sees it, also in the same turn as an earlier read',
    run: async (metadata) => {
      for (let round = 0; round < 50; round += 1) {
        await rowAt(metadata, 'a');
        const stamp = await done(metadata, { set: [set('a', `round ${round}`)] });
        const row = await rowAt(metadata, 'a');
        expect(row?.value.toString()).toBe(`round ${round}`);
        expect(row?.stamp).toBe(stamp);
      }
    },
  },
  {
    name: 'a known row is unchanged until it is set again or deleted, whatever its value',
    run: async (metadata) => {
      const first = await done(metadata, { set: [set('a', 'same'), set('b')] });
      expect(await readKnown(metadata, key('a'), first)).toBe('unchanged');
      expect(await readKnown(metadata, key('missing'), first)).toBeNull();
      const second = await done(metadata, { set: [set('a', 'same')] });
      const changed = await readKnown(metadata, key('a'), first);
      expect(changed).toEqual({ key: key('a'), stamp: second, value: Buffer.from('same') });
      expect(await readKnown(metadata, key('a'), second)).toBe('unchanged');
      expect(await readKnown(metadata, key('b'), first)).toBe('unchanged');
      await done(metadata, { del: [key('a')] });
      expect(await readKnown(metadata, key('a'), second)).toBeNull();
    },
  },
  {
    name: 'rows known and rows not known stand in one answer, each as it was asked for',
    run: async (metadata) => {
      const stamp = await done(metadata, { set: [set('a'), set('b'), set('c')] });
      const other = stamp + 1_000_000_000n;
      const { rows } = await metadata.read({
        keys: [
          { key: key('a'), known: stamp },
          { key: key('b') },
          { key: key('missing'), known: stamp },
          { key: key('c'), known: other },
          { key: key('a'), known: undefined },
        ],
      });
      const row = (name: string) => ({ key: key(name), stamp, value: Buffer.from('value') });
      expect(rows).toEqual(['unchanged', row('b'), null, row('c'), row('a')]);
    },
  },
  {
    name: 'a row that was asked about while a commit changed it is not known as it was',
    run: async (metadata) => {
      let known = await done(metadata, { set: [set('a', 'start')] });
      for (let round = 0; round < 20; round += 1) {
        let isMade = false;
        const made = done(metadata, { set: [set('a', `round ${round}`)] }).finally(() => {
          isMade = true;
        });
        // At every moment of the commit, from before it has begun until it is told.
        while (!isMade) {
          await readKnown(metadata, key('a'), known);
          await nextTurn();
        }
        const stamp = await made;
        expect(await readKnown(metadata, key('a'), known)).toMatchObject({ stamp });
        const check = [{ key: key('a'), stamp: known }];
        expect(await metadata.commit({ check })).toMatchObject({ ok: false, row: { stamp } });
        known = stamp;
      }
    },
  },
  {
    name: 'a changed row belongs to who asked for it',
    run: async (metadata) => {
      const first = await done(metadata, { set: [set('a', 'one')] });
      await done(metadata, { set: [set('a', 'two'), set('b', 'three')] });
      const row = await readKnown(metadata, key('a'), first);
      await rowAt(metadata, 'b');
      expect(row).toMatchObject({ value: Buffer.from('two') });
      if (row !== null && row !== 'unchanged') row.value.fill(0);
      expect(await textAt(metadata, 'a')).toBe('two');
    },
  },
  {
    name: 'answers stand in the order of the question, absent rows are null',
    run: async (metadata) => {
      await done(metadata, { set: [set('a', '1'), set('b', '2'), set('c', '3')] });
      const view = await viewOf(metadata, {
        keys: [key('c'), key('missing'), key('a'), key('c')],
        ranges: [
          { from: key('b'), to: key('z'), limit: 10 },
          { from: key('a'), to: key('b'), limit: 10 },
          { from: key('x'), to: key('y'), limit: 10 },
        ],
      });
      expect(view.rows.map((row) => row?.value.toString() ?? null)).toEqual(['3', null, '1', '3']);
      expect(view.rows.map((row) => row?.key.toString() ?? null)).toEqual(['c', null, 'a', 'c']);
      const texts = view.ranges.map((rows) => rows.map((row) => row.value.toString()));
      expect(texts).toEqual([['2', '3'], ['1'], []]);
      expect(await metadata.read({})).toEqual({ rows: [], ranges: [] });
    },
  },
  {
    name: 'one read call is one view',
    run: async (metadata) => {
      await done(metadata, { set: [set('pair/a', '0'), set('pair/b', '0')] });
      let isWriting = true;
      const writing = (async (): Promise<void> => {
        for (let round = 1; round <= 300; round += 1) {
          const value = String(round);
          await done(metadata, { set: [set('pair/a', value), set('pair/b', value)] });
        }
        isWriting = false;
      })();
      while (isWriting) {
        const view = await viewOf(metadata, {
          keys: [key('pair/a')],
          ranges: [{ from: key('pair/b'), to: key('pair/c'), limit: 1 }],
        });
        expect(view.ranges[0]?.[0]?.value.toString()).toBe(view.rows[0]?.value.toString());
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writing;
    },
  },
  {
    name: "buffers given and buffers returned are nobody else's",
    run: async (metadata) => {
      const given = set('mine', 'before');
      const asked = key('mine');
      await done(metadata, { set: [given] });
      given.value.fill('x');
      given.key.fill('x');
      const first = await readRow(metadata, asked);
      asked.fill('y');
      expect(first?.key.toString()).toBe('mine');
      expect(first?.value.toString()).toBe('before');
      first?.value.fill('z');
      first?.key.fill('z');
      const scanned = (await range(metadata, { from: key('m'), to: key('n'), limit: 5 }))[0];
      expect(scanned?.value.toString()).toBe('before');
      scanned?.value.fill('z');
      scanned?.key.fill('z');
      expect(await textAt(metadata, 'mine')).toBe('before');
      const outcome = await metadata.commit({ check: [{ key: key('mine'), stamp: null }] });
      if (outcome.ok) throw new Error('an absent check passed over a row');
      outcome.row?.value.fill('z');
      expect(await textAt(metadata, 'mine')).toBe('before');
    },
  },
  {
    name: 'values of every size come back, empty, at the inline limit, and beyond a page',
    run: async (metadata) => {
      const limit = metadata.inlineBytesMax;
      const sizes = [0, 1, 100, 4_096, limit - 1, limit, limit + 1, 3 * limit, 1_000_000];
      const values = sizes.map((size) => Buffer.alloc(size, `${size} `));
      const rows = values.map((value, index) => ({ key: key(`size/${index}`), value }));
      await done(metadata, { set: rows });
      const read = await viewOf(metadata, { keys: rows.map((row) => row.key) });
      for (const [index, row] of read.rows.entries()) {
        expect(row?.value.length).toBe(sizes[index]);
        expect(row?.value.equals(values[index] ?? Buffer.alloc(0))).toBe(true);
        expect(Buffer.isBuffer(row?.value)).toBe(true);
        expect(Buffer.isBuffer(row?.key)).toBe(true);
      }
      const scanned = await range(metadata, { from: key('size/'), to: key('size0'), limit: 20 });
      expect(scanned.map((row) => row.value.length)).toEqual(sizes);
      expect(scanned.every((row) => Buffer.isBuffer(row.key) && Buffer.isBuffer(row.value))).toBe(
        true,
      );
    },
  },
  {
    name: 'a closed engine rejects, and closing twice is no error',
    run: async (metadata) => {
      await done(metadata, { set: [set('a')] });
      await metadata.close();
      await metadata.close();
      await expect(metadata.read({ keys: [{ key: key('a') }] })).rejects.toThrow(/closed/);
      await expect(metadata.counters(key('a'))).rejects.toThrow(/closed/);
      await expect(metadata.commit({ set: [set('b')] })).rejects.toThrow(/closed/);
      await expect(metadata.commitMany([{ set: [set('b')] }])).rejects.toThrow(/closed/);
    },
  },
];
