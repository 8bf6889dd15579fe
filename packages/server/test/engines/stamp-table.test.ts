// What the writer's known stamps and a reader's have in common: the table of keys.
import { describe, expect, test } from 'vitest';
import { KnownStamps } from '../../src/engines/embedded/metadata/stamps/known-stamps.ts';
import { ViewStamps } from '../../src/engines/embedded/metadata/stamps/view-stamps.ts';

function ofView(): ViewStamps {
  const stamps = new ViewStamps();
  stamps.begin(1);
  return stamps;
}

describe.each([
  ['a writer', () => new KnownStamps()],
  ['a reader', ofView],
])('the table of %s', (_whose, make) => {
  test('keeps a key of memory that others use as it was', () => {
    const stamps = make();
    const key = Buffer.from('a');
    stamps.note(key, 5n);
    key.write('b');
    expect(stamps.has(key, 5n)).toBe(false);
    expect(stamps.has(Buffer.from('a'), 5n)).toBe(true);
  });

  test('does not remember a key that is too long', () => {
    const stamps = make();
    const long = Buffer.alloc(1_100, 'k');
    stamps.note(long, 5n);
    expect(stamps.has(long, 5n)).toBe(false);
  });
});
