// The checksum of whatever is stored: the same as zlib's, from whatever memory, in whatever pieces.
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/engines/embedded/blobs/crc32.ts';

test('of the check string it is the one that every catalogue has', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf4_3926);
  expect(crc32(Buffer.alloc(0))).toBe(0);
});

test('equals zlib’s, in one piece and in two, also of memory that threads share', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(70_000));
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.nat(3_000),
      fc.nat(60_000),
      fc.boolean(),
      (bytes, cut, offset, isShared) => {
        // Long enough for every way in which it is counted.
        const long = Buffer.concat(Array.from({ length: 1 + (offset % 20) }, () => bytes));
        const at = Math.min(offset, shared.length - long.length);
        shared.set(long, at);
        const counted = isShared ? shared.subarray(at, at + long.length) : long;
        const expected = zlibCrc32(long);
        expect(crc32(counted)).toBe(expected);
        const before = crc32(counted.subarray(0, cut));
        expect(crc32(counted.subarray(cut), before)).toBe(expected);
      },
    ),
    { numRuns: 300 },
  );
});
