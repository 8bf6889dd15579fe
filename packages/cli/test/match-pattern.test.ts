import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from '../src/match-pattern.ts';

test('* is any text and ? one character; the rest is literal', () => {
  expect(matchesPattern('a.txt', '*.txt')).toBe(true);
  expect(matchesPattern('dir/a.txt', '*.txt')).toBe(true);
  expect(matchesPattern('a.txt.gz', '*.txt')).toBe(false);
  expect(matchesPattern('axtxt', 'a.txt')).toBe(false);
  expect(matchesPattern('abc', 'a?c')).toBe(true);
  expect(matchesPattern('', '*')).toBe(true);
  expect(matchesPattern('', '?')).toBe(false);
});

test('agrees with a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.') });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?') });
  fc.assert(
    fc.property(text, pattern, (candidate, glob) => {
      const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesPattern(candidate, glob)).toBe(new RegExp(`^${source}$`).test(candidate));
    }),
  );
});
