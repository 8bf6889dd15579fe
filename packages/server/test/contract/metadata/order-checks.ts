// Order is byte order, which for text is UTF-8 order, in both directions (invariant 4).
import { expect } from 'vitest';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, keysIn, range, set, viewOf } from './short-hand.ts';

/** Keys that string order, locale order or a terminator would put elsewhere. */
const hardKeys = [
  '\x01',
  '\x01\x01',
  ' ',
  '/',
  '0',
  'A',
  'a',
  'a\x01',
  'a\x01b',
  'a ',
  'a/',
  'a/b',
  'a0',
  'aa',
  'b',
  `b${'x'.repeat(1_022)}`,
  '~',
  '\x7f',
  '\u0080',
  'ä',
  '中文',
  '\uD7FF',
  '\uE000',
  '\uFFFD',
  '😀',
  '😀/',
  '\u{10FFFF}',
] as const;

export const orderChecks: readonly MetadataCheck[] = [
  {
    name: 'rows come in the order of their UTF-8 bytes, forwards and backwards',
    run: async (metadata) => {
      const shuffled = [...hardKeys].sort((a, b) => a.length - b.length || (a < b ? 1 : -1));
      for (const name of shuffled) await done(metadata, { set: [set(name, name)] });
      const all = { from: Buffer.alloc(0), to: Buffer.alloc(9, 0xff), limit: 1_000 };
      const forwards = await range(metadata, all);
      expect(forwards.map((row) => row.key.toString())).toEqual(hardKeys);
      expect(forwards.map((row) => row.value.toString())).toEqual(hardKeys);
      const backwards = await range(metadata, { ...all, reverse: true });
      expect(backwards.map((row) => row.key.toString())).toEqual([...hardKeys].reverse());
    },
  },
  {
    name: 'a range holds its start and not its end, in both directions',
    run: async (metadata) => {
      await done(metadata, { set: ['a', 'b', 'b\x00', 'c', 'd'].map((name) => set(name)) });
      expect(await keysIn(metadata, 'b', 'd')).toEqual(['b', 'b\x00', 'c']);
      expect(await keysIn(metadata, 'b', 'd', { reverse: true })).toEqual(['c', 'b\x00', 'b']);
      expect(await keysIn(metadata, 'b', 'b\x00')).toEqual(['b']);
      expect(await keysIn(metadata, 'b', 'b\x00', { reverse: true })).toEqual(['b']);
      expect(await keysIn(metadata, 'aa', 'bb')).toEqual(['b', 'b\x00']);
      expect(await keysIn(metadata, 'aa', 'bb', { reverse: true })).toEqual(['b\x00', 'b']);
      expect(await keysIn(metadata, '', 'b')).toEqual(['a']);
      expect(await keysIn(metadata, '', 'zz', { reverse: true, limit: 2 })).toEqual(['d', 'c']);
    },
  },
  {
    name: 'a range without room is empty, whatever its direction',
    run: async (metadata) => {
      await done(metadata, { set: ['a', 'b', 'c'].map((name) => set(name)) });
      for (const reverse of [false, true]) {
        expect(await keysIn(metadata, 'b', 'b', { reverse })).toEqual([]);
        expect(await keysIn(metadata, 'c', 'a', { reverse })).toEqual([]);
        expect(await keysIn(metadata, 'b', '', { reverse })).toEqual([]);
        expect(await keysIn(metadata, 'a', 'z', { reverse, limit: 0 })).toEqual([]);
      }
    },
  },
  {
    name: 'a limit takes the first rows of the direction',
    run: async (metadata) => {
      const names = Array.from({ length: 30 }, (_, index) => `n${String(index).padStart(2, '0')}`);
      await done(metadata, { set: names.map((name) => set(name)) });
      expect(await keysIn(metadata, 'n', 'o', { limit: 3 })).toEqual(names.slice(0, 3));
      const last = names.slice(-3).reverse();
      expect(await keysIn(metadata, 'n', 'o', { limit: 3, reverse: true })).toEqual(last);
      expect(await keysIn(metadata, 'n', 'o', { limit: 1_000 })).toEqual(names);
    },
  },
  {
    name: 'keys of any bytes: 00 and FF, one byte and the longest, one the prefix of another',
    run: async (metadata) => {
      const keys = [
        Buffer.from([0]),
        Buffer.from([0, 0]),
        Buffer.from([0, 0xff]),
        Buffer.from([1]),
        Buffer.alloc(1_099, 7),
        Buffer.alloc(1_100, 7),
        Buffer.from([0xff]),
        Buffer.from([0xff, 0]),
        Buffer.from([0xff, 0xff]),
      ];
      const value = key('v');
      await done(metadata, { set: [...keys].reverse().map((each) => ({ key: each, value })) });
      const all = { from: Buffer.alloc(0), to: Buffer.alloc(3, 0xff), limit: 100 };
      const hex = (rows: readonly { key: Buffer }[]): string[] =>
        rows.map((row) => row.key.toString('hex'));
      const expected = keys.map((each) => each.toString('hex'));
      expect(hex(await range(metadata, all))).toEqual(expected);
      const reversed = await range(metadata, { ...all, reverse: true });
      expect(hex(reversed)).toEqual([...expected].reverse());
      const { rows } = await viewOf(metadata, { keys });
      expect(rows.every((row) => row !== null)).toBe(true);
    },
  },
];
