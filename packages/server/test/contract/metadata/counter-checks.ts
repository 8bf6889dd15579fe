// Vector counters: sums that never conflict, in a table of their own.
import { expect } from 'vitest';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, rowAt, set } from './short-hand.ts';

export const counterChecks: readonly MetadataCheck[] = [
  {
    name: 'counters add up, grow to the longest vector, and go below zero',
    run: async (metadata) => {
      expect(await metadata.counters(key('n'))).toEqual([]);
      await done(metadata, { add: [{ key: key('n'), deltas: [1n, 2n] }] });
      await done(metadata, { add: [{ key: key('n'), deltas: [-3n, 0n, 7n] }] });
      await done(metadata, { add: [{ key: key('n'), deltas: [1n] }] });
      expect(await metadata.counters(key('n'))).toEqual([-1n, 2n, 7n]);
      const most = 2n ** 63n - 1n;
      await done(metadata, { add: [{ key: key('big'), deltas: [most, -most - 1n] }] });
      expect(await metadata.counters(key('big'))).toEqual([most, -most - 1n]);
    },
  },
  {
    name: 'one commit may add to one counter twice and to several',
    run: async (metadata) => {
      await done(metadata, {
        add: [
          { key: key('a'), deltas: [1n] },
          { key: key('b'), deltas: [10n] },
          { key: key('a'), deltas: [2n, 5n] },
        ],
      });
      expect(await metadata.counters(key('a'))).toEqual([3n, 5n]);
      expect(await metadata.counters(key('b'))).toEqual([10n]);
    },
  },
  {
    name: 'a counter and a row of the same key know nothing of each other',
    run: async (metadata) => {
      await done(metadata, { add: [{ key: key('same'), deltas: [1n] }] });
      expect(await rowAt(metadata, 'same')).toBeNull();
      await done(metadata, {
        check: [{ key: key('same'), stamp: null }],
        empty: [{ from: key('s'), to: key('t') }],
        set: [set('same')],
      });
      await done(metadata, { del: [key('same')] });
      expect(await metadata.counters(key('same'))).toEqual([1n]);
    },
  },
  {
    name: 'no addition is lost among many at once',
    run: async (metadata) => {
      const rounds = 400;
      await Promise.all(
        Array.from({ length: rounds }, (_, index) =>
          done(metadata, {
            set: [set(`row/${index}`)],
            add: [{ key: key('n'), deltas: [1n, BigInt(index)] }],
          }),
        ),
      );
      const sum = BigInt((rounds * (rounds - 1)) / 2);
      expect(await metadata.counters(key('n'))).toEqual([BigInt(rounds), sum]);
    },
  },
];
