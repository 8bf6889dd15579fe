// How much a cache may hold, and what goes first.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GenerationCache } from '../../src/core/context/generation-cache.ts';

const bytesMax = 100;

type Entries = readonly (readonly [name: string, bytes: number])[];

function cacheOf(...entries: Entries): GenerationCache<string> {
  const cache = new GenerationCache<string>(bytesMax);
  for (const [name, bytes] of entries) cache.set('', name, name, bytes);
  return cache;
}

/** Asking moves entries; what is asked for first is not thrown out by what comes later. */
function found(cache: GenerationCache<string>, ...names: readonly string[]): string[] {
  return names.filter((name) => cache.get('', name) !== undefined);
}

test('two generations of half of the bytes each', () => {
  // Asking changes what is held: each is asked of a cache of its own.
  const held = (...entries: Entries): string[] =>
    entries.map(([name]) => name).filter((name) => cacheOf(...entries).get('', name) !== undefined);
  expect(held(['a', 25], ['b', 25], ['c', 25], ['d', 25])).toEqual(['a', 'b', 'c', 'd']);
  expect(held(['a', 25], ['b', 25], ['c', 50], ['d', 1])).toEqual(['c', 'd']);
  expect(held(['a', 25], ['b', 26], ['c', 24], ['d', 1])).toEqual(['b', 'c', 'd']);
});

test('what is used outlives what is not', () => {
  const cache = cacheOf(['used', 10], ['unused', 10]);
  for (let at = 0; at < 50; at += 1) {
    cache.set('', `other-${at}`, 'x', 10);
    expect(cache.get('', 'used')).toBe('used');
  }
  expect(found(cache, 'other-49', 'used', 'unused', 'other-0')).toEqual(['other-49', 'used']);
});

test('an entry that is replaced counts once, and is never seen again', () => {
  const cache = cacheOf(['other', 10]);
  for (let at = 0; at < 50; at += 1) cache.set('', 'a', `a${at}`, 40);
  expect([cache.get('', 'a'), cache.get('', 'other')]).toEqual(['a49', 'other']);
  // Also where it had gone to the old generation, and where the new one is too large to be kept.
  cache.set('', 'b', 'b', 20);
  cache.set('', 'a', 'too large', 51);
  expect(found(cache, 'a')).toEqual([]);
});

test('what half of the bytes cannot take is not kept', () => {
  expect(found(cacheOf(['a', 50]), 'a')).toEqual(['a']);
  const cache = cacheOf(['small', 10], ['b', 51]);
  expect(found(cache, 'b', 'small')).toEqual(['small']);
  const nothing = new GenerationCache<string>(0);
  nothing.set('', 'a', 'a', 1);
  expect(nothing.get('', 'a')).toBeUndefined();
});

test('it never holds more than it may, and only the last of each name', () => {
  const names = [...'abcdefghijklmnop'];
  const step = fc.record({
    name: fc.constantFrom(...names),
    bytes: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const cache = new GenerationCache<{ name: string; bytes: number }>(bytesMax);
      const last = new Map<string, { name: string; bytes: number }>();
      for (const { name, bytes } of steps) {
        if (bytes === undefined) {
          const value = cache.get('', name);
          if (value !== undefined) expect(value).toBe(last.get(name));
        } else {
          const value = { name, bytes };
          last.set(name, value);
          cache.set('', name, value, bytes);
          expect(cache.get('', name)).toBe(bytes <= bytesMax / 2 ? value : undefined);
        }
      }
      let held = 0;
      for (const name of names) held += cache.get('', name)?.bytes ?? 0;
      expect(held).toBeLessThanOrEqual(bytesMax);
    }),
    { numRuns: 300 },
  );
});
