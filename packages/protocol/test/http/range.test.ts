// Ranges of a read, row by row of operations reference §3.4, and against an oracle that counts bytes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentRange, type RangeOutcome, resolveRange } from '../../src/http/range.ts';

const slice = (from: number, to: number): RangeOutcome => ({ kind: 'slice', from, to });
const whole: RangeOutcome = { kind: 'whole' };
const unsatisfiable: RangeOutcome = { kind: 'unsatisfiable' };

describe('of 10 bytes', () => {
  test.each([
    ['bytes=0-9', slice(0, 10), slice(0, 10)],
    ['bytes=2-4', slice(2, 5), slice(2, 5)],
    ['bytes=0-0', slice(0, 1), slice(0, 1)],
    ['bytes=9-9', slice(9, 10), slice(9, 10)],
    ['bytes=007-008', slice(7, 9), slice(7, 9)],
    ['bytes=3-', slice(3, 10), slice(3, 10)],
    ['bytes=-3', slice(7, 10), slice(7, 10)],
    ['bytes=-10', slice(0, 10), slice(0, 10)],
    ['BYTES=2-4', slice(2, 5), slice(2, 5)],
    // The end lies beyond.
    ['bytes=2-10', whole, slice(2, 10)],
    ['bytes=2-99', whole, slice(2, 10)],
    ['bytes=-11', whole, slice(0, 10)],
    // The start lies beyond.
    ['bytes=10-', whole, unsatisfiable],
    ['bytes=10-20', whole, unsatisfiable],
    // Syntax.
    ['bytes=5-4', whole, whole],
    ['bytes=20-10', whole, whole],
    ['bytes=', whole, whole],
    ['bytes=-', whole, whole],
    ['bytes=a-b', whole, whole],
    ['bytes=1-2x', whole, whole],
    ['bytes=+1-2', whole, whole],
    ['bytes=0x1-2', whole, whole],
    ['bytes=1.0-2', whole, whole],
    ['bytes=--1', whole, whole],
    ['bytes 1-2', whole, whole],
    ['1-2', whole, whole],
    ['items=1-2', whole, whole],
    ['', whole, whole],
    ['bytes=1-2,x', whole, whole],
    // Refused in either way.
    ['bytes=-0', unsatisfiable, unsatisfiable],
    ['bytes=-00', unsatisfiable, unsatisfiable],
    ['bytes=0-1,3-4', unsatisfiable, unsatisfiable],
    ['bytes=0-1, -2', unsatisfiable, unsatisfiable],
    ['bytes=0-,0-,0-', unsatisfiable, unsatisfiable],
    // Beyond 2^53 and beyond any number.
    ['bytes=2-9007199254740993', whole, slice(2, 10)],
    ['bytes=9007199254740993-9007199254740992', whole, whole],
    ['bytes=9007199254740992-9007199254740993', whole, unsatisfiable],
    ['bytes=00000000000000000003-00000000000000000004', slice(3, 5), slice(3, 5)],
    ['bytes=-9007199254740993', whole, slice(0, 10)],
    [`bytes=2-${'9'.repeat(400)}`, whole, slice(2, 10)],
    [`bytes=${'9'.repeat(400)}-`, whole, unsatisfiable],
  ])('%j', (header, byDefault, standard) => {
    expect(resolveRange(header, 10, false)).toEqual(byDefault);
    expect(resolveRange(header, 10, true)).toEqual(standard);
  });
});

describe('of nothing', () => {
  test.each([
    ['bytes=0-', whole, unsatisfiable],
    ['bytes=0-0', whole, unsatisfiable],
    ['bytes=-1', whole, whole],
    ['bytes=-0', unsatisfiable, unsatisfiable],
  ])('%j', (header, byDefault, standard) => {
    expect(resolveRange(header, 0, false)).toEqual(byDefault);
    expect(resolveRange(header, 0, true)).toEqual(standard);
  });
});

test('no header asks for the whole object', () => {
  expect(resolveRange(undefined, 10, true)).toEqual(whole);
});

test('a thousand ranges, and a thousand commas, are answered at once', () => {
  expect(resolveRange(`bytes=${'0-1,'.repeat(1_000)}0-1`, 10, false)).toEqual(unsatisfiable);
  expect(resolveRange(`bytes=${'0-1, '.repeat(10_000)}x`, 10, false)).toEqual(whole);
  expect(resolveRange(`bytes=${' ,'.repeat(10_000)}`, 10, false)).toEqual(whole);
  expect(resolveRange(`bytes=${'0'.repeat(30_000)}-${'0'.repeat(30_000)}`, 10, false)).toEqual(
    slice(0, 1),
  );
});

/** The bytes that one range means, found by looking at each byte. */
function oracle(first: number | '', last: number | '', size: number, standard: boolean): unknown {
  if (first === '' && last === '') return 'whole';
  if (first === '' && last === 0) return 'unsatisfiable';
  if (first !== '' && last !== '' && first > last) return 'whole';
  const bytes = [...Array(size).keys()];
  const wanted = bytes.filter((at) =>
    first === '' ? at >= size - Number(last) : at >= first && (last === '' || at <= last),
  );
  const inBounds =
    first === '' ? Number(last) <= size : first < size && (last === '' || last < size);
  if (inBounds) return wanted;
  if (!standard) return 'whole';
  if (wanted.length > 0) return wanted;
  return first === '' ? 'whole' : 'unsatisfiable';
}

test('agrees with counting bytes', () => {
  const number = fc.oneof(fc.nat(14), fc.constant('' as const));
  fc.assert(
    fc.property(number, number, fc.nat(12), fc.boolean(), (first, last, size, standard) => {
      const found = resolveRange(`bytes=${first}-${last}`, size, standard);
      const expected = oracle(first, last, size, standard);
      if (found.kind !== 'slice') {
        expect(found.kind).toEqual(expected);
      } else {
        expect([...Array(size).keys()].slice(found.from, found.to)).toEqual(expected);
        expect(found.to).toBeGreaterThan(found.from);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('Content-Range names the last byte, not the end', () => {
  expect(contentRange({ from: 0, to: 100 }, 1_000)).toBe('bytes 0-99/1000');
  expect(contentRange({ from: 9, to: 10 }, 10)).toBe('bytes 9-9/10');
});
