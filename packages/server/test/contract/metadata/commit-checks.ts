// Committing: all or nothing, and what a conflict says.
import { expect } from 'vitest';
import type { Stamp } from '../../../src/core/ports/metadata.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, keysIn, rowAt, set, stampOf, textAt } from './short-hand.ts';

export const commitChecks: readonly MetadataCheck[] = [
  {
    name: 'a commit sets and deletes rows together',
    run: async (metadata) => {
      await done(metadata, { set: [set('a', '1'), set('b', '1')] });
      const stamp = await done(metadata, { set: [set('c', '2'), set('a', '2')], del: [key('b')] });
      expect(await textAt(metadata, 'a')).toBe('2');
      expect(await rowAt(metadata, 'b')).toBeNull();
      expect((await rowAt(metadata, 'a'))?.stamp).toBe(stamp);
      expect((await rowAt(metadata, 'c'))?.stamp).toBe(stamp);
      await done(metadata, { del: [key('never there')] });
    },
  },
  {
    name: 'a check refuses another stamp, an absent row and a present one',
    run: async (metadata) => {
      const first = await done(metadata, { set: [set('a', '1')] });
      const second = await done(metadata, { set: [set('a', '2')] });
      const attempts: { name: string; stamp: Stamp | null }[] = [
        { name: 'a', stamp: first },
        { name: 'a', stamp: null },
        { name: 'missing', stamp: second },
      ];
      for (const { name, stamp } of attempts) {
        const outcome = await metadata.commit({
          check: [{ key: key(name), stamp }],
          set: [set('effect')],
        });
        expect(outcome.ok).toBe(false);
      }
      expect(await rowAt(metadata, 'effect')).toBeNull();
      await done(metadata, {
        check: [
          { key: key('a'), stamp: second },
          { key: key('missing'), stamp: null },
        ],
        set: [set('effect')],
      });
      expect(await textAt(metadata, 'effect')).toBe('value');
    },
  },
  {
    name: 'a conflict names the first check that failed and carries its row as it is',
    run: async (metadata) => {
      const stamp = await done(metadata, { set: [set('a', 'a row'), set('b', 'b row')] });
      const outcome = await metadata.commit({
        check: [
          { key: key('a'), stamp },
          { key: key('b'), stamp: stamp + 1_000_000_000n },
          { key: key('c'), stamp },
        ],
      });
      if (outcome.ok) throw new Error('a wrong stamp passed');
      expect(outcome.conflict.toString()).toBe('b');
      expect(outcome.row).toEqual({ key: key('b'), stamp, value: Buffer.from('b row') });
      const absent = await metadata.commit({ check: [{ key: key('c'), stamp }] });
      if (absent.ok) throw new Error('an absent row passed');
      expect(absent.conflict.toString()).toBe('c');
      expect(absent.row).toBeNull();
    },
  },
  {
    name: 'empty refuses a range with a row, and names the first one in it',
    run: async (metadata) => {
      await done(metadata, { set: [set('dir/b', 'first'), set('dir/c'), set('dir0')] });
      const outcome = await metadata.commit({
        empty: [
          { from: key('nothing'), to: key('nothingz') },
          { from: key('dir/'), to: key('dir0') },
        ],
        set: [set('effect')],
      });
      if (outcome.ok) throw new Error('a range with rows passed as empty');
      expect(outcome.conflict.toString()).toBe('dir/b');
      expect(outcome.row?.value.toString()).toBe('first');
      expect(await rowAt(metadata, 'effect')).toBeNull();
      await done(metadata, { del: [key('dir/b'), key('dir/c')] });
      // The bound itself is outside, and a commit's own rows are not there yet.
      await done(metadata, {
        empty: [{ from: key('dir/'), to: key('dir0') }],
        set: [set('dir/b')],
      });
      expect(await keysIn(metadata, 'dir', 'dis')).toEqual(['dir/b', 'dir0']);
    },
  },
  {
    name: 'a commit that conflicts leaves nothing: no row, no deletion, no sum',
    run: async (metadata) => {
      await done(metadata, { set: [set('keep', 'kept')], add: [{ key: key('n'), deltas: [5n] }] });
      const outcome = await metadata.commit({
        check: [
          { key: key('new'), stamp: null },
          { key: key('keep'), stamp: null },
        ],
        set: [set('new')],
        del: [key('keep')],
        add: [{ key: key('n'), deltas: [1n] }],
      });
      expect(outcome.ok).toBe(false);
      expect(await rowAt(metadata, 'new')).toBeNull();
      expect(await textAt(metadata, 'keep')).toBe('kept');
      expect(await metadata.counters(key('n'))).toEqual([5n]);
    },
  },
  {
    name: 'a stamp is never given twice, also for a row that is as it was before',
    run: async (metadata) => {
      const stamps: Stamp[] = [];
      for (let round = 0; round < 50; round += 1) {
        stamps.push(await done(metadata, { set: [set('same', 'same')] }));
        await done(metadata, { del: [key('same')] });
        const many = await metadata.commitMany([
          { set: [set('same', 'same')] },
          { set: [set('b')] },
        ]);
        stamps.push(...many.map(stampOf));
      }
      expect(new Set(stamps).size).toBe(stamps.length);
    },
  },
  {
    name: 'commitMany gives each its own outcome; later ones see earlier ones',
    run: async (metadata) => {
      const outcomes = await metadata.commitMany([
        { check: [{ key: key('a'), stamp: null }], set: [set('a', 'first')] },
        { check: [{ key: key('a'), stamp: null }], set: [set('a', 'second'), set('b')] },
        { empty: [{ from: key('a'), to: key('b') }], set: [set('c')] },
        { set: [set('d')], add: [{ key: key('n'), deltas: [1n] }] },
        { del: [key('d')], add: [{ key: key('n'), deltas: [1n] }] },
        { check: [{ key: key('d'), stamp: null }], set: [set('e')] },
      ]);
      expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, false, true, true, true]);
      const [first, second] = outcomes;
      if (first?.ok !== true || second?.ok !== false) throw new Error('checked above');
      expect(second.row?.stamp).toBe(first.stamp);
      expect(second.row?.value.toString()).toBe('first');
      expect(await keysIn(metadata, 'a', 'z')).toEqual(['a', 'e']);
      expect(await textAt(metadata, 'a')).toBe('first');
      expect(await metadata.counters(key('n'))).toEqual([2n]);
      expect(await metadata.commitMany([])).toEqual([]);
    },
  },
  {
    name: 'a commit asked again after a lost answer shows that it was made',
    run: async (metadata) => {
      const commit = { check: [{ key: key('once'), stamp: null }], set: [set('once', 'mine')] };
      const stamp = await done(metadata, commit);
      const again = await metadata.commit(commit);
      if (again.ok) throw new Error('one absent key was taken twice');
      expect(again.row?.stamp).toBe(stamp);
      expect(again.row?.value.toString()).toBe('mine');
    },
  },
];
