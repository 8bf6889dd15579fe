// What a process that only reads remembers of stamps: nothing that a later state of the store may have
// changed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ViewStamps } from '../../src/engines/embedded/metadata/stamps/view-stamps.ts';

const a = Buffer.from('a');
const b = Buffer.from('b');

describe('stamps of views', () => {
  test('a stamp is known for its key alone, as long as views show the same state', () => {
    const stamps = new ViewStamps();
    stamps.begin(7);
    expect(stamps.has(a, 5n)).toBe(false);
    stamps.note(a, 5n);
    expect(stamps.has(Buffer.from('a'), 5n)).toBe(true);
    expect(stamps.has(a, 4n)).toBe(false);
    expect(stamps.has(b, 5n)).toBe(false);
    stamps.begin(7);
    expect(stamps.has(a, 5n)).toBe(true);
    stamps.begin(8);
    expect(stamps.has(a, 5n)).toBe(false);
  });

  test('before the first view, and in one whose state is not known, nothing is', () => {
    const stamps = new ViewStamps();
    stamps.note(a, 5n);
    expect(stamps.has(a, 5n)).toBe(false);
    stamps.begin(undefined);
    stamps.note(a, 5n);
    expect(stamps.has(a, 5n)).toBe(false);
  });

  test('whatever changes between views, what is known is what the row has', () => {
    // More keys than places: many meet.
    const keys = 200_000;
    const written = fc.nat(keys - 1);
    const asked = fc.array(fc.nat(keys - 1), { minLength: 5, maxLength: 50 });
    const views = fc.array(fc.record({ written: fc.option(written), asked }), {
      minLength: 5,
      maxLength: 20,
    });
    const rows = new Map<number, bigint>();
    const stamps = new ViewStamps();
    let state = 1;
    let known = 0;
    stamps.begin(state);
    for (let index = 0; index < keys; index += 1) stamps.note(Buffer.from(`key ${index}`), 1n);
    fc.assert(
      fc.property(views, (some) => {
        for (const view of some) {
          if (view.written !== null) {
            state += 1;
            rows.set(view.written, BigInt(state));
          }
          stamps.begin(state);
          for (const index of [...view.asked, view.written ?? 0]) {
            const key = Buffer.from(`key ${index}`);
            const stamp = rows.get(index) ?? 1n;
            if (stamps.has(key, stamp)) known += 1;
            expect(stamps.has(key, stamp - 1n)).toBe(false);
            expect(stamps.has(key, stamp + 1n)).toBe(false);
            stamps.note(key, stamp);
            expect(stamps.has(key, stamp)).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
    // What was noted by views before, and not asked in vain.
    expect(known).toBeGreaterThan(0);
  });
});
