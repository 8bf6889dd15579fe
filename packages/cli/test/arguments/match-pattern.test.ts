import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from '../../src/arguments/match-pattern.ts';

test('* is any text and ? one character; the rest is literal', () => {
  expect(matchesPattern('a.txt', '*.txt')).toBe(true);
  expect(matchesPattern('dir/a.txt', '*.txt')).toBe(true);
  expect(matchesPattern('a.txt.gz', '*.txt')).toBe(false);
  expect(matchesPattern('axtxt', 'a.txt')).toBe(false);
  expect(matchesPattern('abc', 'a?c')).toBe(true);
  expect(matchesPattern('', '*')).toBe(true);
  expect(matchesPattern('', '?')).toBe(false);
});

test('sets and ranges; a bracket that nothing closes is itself', () => {
  expect(matchesPattern('b1', '[abc][0-9]')).toBe(true);
  expect(matchesPattern('d1', '[abc][0-9]')).toBe(false);
  expect(matchesPattern('d', '[!abc]')).toBe(true);
  expect(matchesPattern('a', '[!abc]')).toBe(false);
  expect(matchesPattern(']', '[]]')).toBe(true);
  expect(matchesPattern('-', '[a-]')).toBe(true);
  expect(matchesPattern('[a', '[a')).toBe(true);
  expect(matchesPattern('xxa7', '*[a-c]?')).toBe(true);
});

test('agrees with a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.') });
  const piece = fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[!a]', '[a-b.]');
  const pattern = fc.array(piece).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, pattern, (candidate, glob) => {
      const source = glob.replaceAll(/\[[^\]]*\]|[.*?]/g, (part) =>
        part.startsWith('[')
          ? part.replace('!', '^')
          : ({ '.': '\\.', '*': '.*', '?': '.' }[part] ?? ''),
      );
      expect(matchesPattern(candidate, glob)).toBe(new RegExp(`^${source}$`).test(candidate));
    }),
  );
});
