import { expect, test } from 'vitest';
import { quoteForShell, splitLine } from '../../src/completion/split-line.ts';

test.each([
  ['osskeep ls ', ['osskeep', 'ls', '']],
  ['osskeep  ls oss://b/a', ['osskeep', 'ls', 'oss://b/a']],
  ['osskeep ls "oss://b/a b', ['osskeep', 'ls', 'oss://b/a b']],
  ["osskeep ls 'oss://b/a\\ ", ['osskeep', 'ls', 'oss://b/a\\ ']],
  ['osskeep ls oss://b/a\\ b', ['osskeep', 'ls', 'oss://b/a b']],
  ['osskeep ls ""', ['osskeep', 'ls', '']],
  ['', ['']],
])('%j', (line, words) => expect(splitLine(line)).toEqual(words));

test('what is quoted is one word again, and the same', () => {
  for (const text of ['a b', "it's", '$(rm -rf /)', '`x`;&|', '中文/100%', 'a\\b"c*?[']) {
    expect(splitLine(quoteForShell(text))).toEqual([text]);
  }
});
