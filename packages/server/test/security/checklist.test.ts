// The security checklist's own check: every item that this version promises has tests of its number in
// this folder, and no test has a number that is not promised.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const promised = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ...[15, 16, 17, 18, 19],
  ...[23, 32, 38, 42, 43, 48],
];

test('every promised item has its tests, and there are no others', () => {
  const found = new Set<number>();
  for (const name of readdirSync(import.meta.dirname)) {
    if (!name.endsWith('.test.ts') || name === 'checklist.test.ts') continue;
    const source = readFileSync(`${import.meta.dirname}/${name}`, 'utf8');
    // At the start of a line: one that is commented out or skipped does not count.
    const titles = source.matchAll(/^describe(?:\.each\(\w+\))?\(\s*'checklist (\d\d): /gm);
    for (const [, number] of titles) found.add(Number(number));
    expect(source, name).not.toMatch(/\.(skip|todo|only)\b/);
  }
  expect([...found].sort((a, b) => a - b)).toEqual(promised);
});
