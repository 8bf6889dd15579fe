// What the writer remembers of stamps: never more than was seen, and nothing that a commit may change.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownStamps } from '../../src/engines/embedded/metadata/stamps/known-stamps.ts';

/** 65,536 places. */
const bytes = 20 * 1024 * 1024;
const a = Buffer.from('a');
const b = Buffer.from('b');

describe('known stamps', () => {
  test('a stamp is known after it was noted, for that key alone', () => {
    const stamps = knownStamps(bytes);
    expect(stamps.has(a, 5n)).toBe(false);
    stamps.note(a, 5n);
    expect(stamps.has(Buffer.from('a'), 5n)).toBe(true);
    expect(stamps.has(a, 4n)).toBe(false);
    expect(stamps.has(b, 5n)).toBe(false);
  });

  test('a commit that begins makes it unknown, until a view shows the commit', () => {
    const stamps = knownStamps(bytes);
    stamps.note(a, 5n);
    stamps.mark(a, 6n);
    expect(stamps.has(a, 5n)).toBe(false);
    stamps.note(a, 5n);
    expect(stamps.has(a, 5n)).toBe(false);
    stamps.show(6n);
    stamps.note(a, 6n);
    expect(stamps.has(a, 6n)).toBe(true);
  });

  test('a key that is too long is not remembered, and forgotten like any other', () => {
    const stamps = knownStamps(bytes);
    const long = Buffer.alloc(1_100, 'k');
    stamps.note(long, 5n);
    stamps.mark(long, 6n);
    expect(stamps.has(long, 5n)).toBe(false);
  });

  test('without memory nothing is known', () => {
    const stamps = knownStamps(0);
    stamps.note(a, 5n);
    stamps.mark(b, 6n);
    stamps.show(6n);
    expect(stamps.has(a, 5n)).toBe(false);
  });

  test('whatever happened, what is known is what the row has', () => {
    // More keys than places: many meet.
    const steps = fc.array(fc.record({ key: fc.nat(200_000), isWrite: fc.boolean() }), {
      minLength: 20,
      maxLength: 200,
    });
    const rows = new Map<number, bigint>();
    const stamps = knownStamps(bytes);
    let last = 0n;
    for (let index = 0; index < 200_000; index += 1) {
      rows.set(index, 1n);
      stamps.note(Buffer.from(`key ${index}`), 1n);
    }
    fc.assert(
      fc.property(steps, (some) => {
        for (const { key: index, isWrite } of some) {
          const key = Buffer.from(`key ${index}`);
          const before = rows.get(index) ?? 1n;
          if (isWrite) {
            last += 2n;
            stamps.mark(key, last);
            // Of a view that does not show it yet.
            stamps.note(key, before);
            expect(stamps.has(key, before)).toBe(false);
            stamps.show(last);
            rows.set(index, last);
          } else {
            stamps.note(key, before);
            expect(stamps.has(key, before)).toBe(true);
            expect(stamps.has(key, before + 1n)).toBe(false);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
