// Records of the journal: what goes in comes out, and what is not whole is no record.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRecord,
  encodeRecord,
  recordBytes,
} from '../../src/engines/embedded/journal/journal-record.ts';
import type { Writes } from '../../src/engines/embedded/metadata/writes.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((some) => Buffer.from(some));
const stamp = fc.bigInt({ min: 1n, max: 2n ** 63n });
const row = fc.oneof(
  fc.record({ key: bytes(40), stamp, value: bytes(300) }),
  fc.record({ key: bytes(40), stamp: fc.constant(0n), value: fc.constant(undefined) }),
);
const sum = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const someWrites: fc.Arbitrary<Writes> = fc.record({
  rows: fc.array(row, { maxLength: 8 }),
  counters: fc.array(fc.record({ key: bytes(20), sums: fc.array(sum, { maxLength: 64 }) }), {
    maxLength: 3,
  }),
  stampsBelow: fc.option(stamp, { nil: undefined }),
});
const sequence = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe('a record of the journal', () => {
  test('comes back as it was, also with blocks behind it', () => {
    fc.assert(
      fc.property(sequence, someWrites, fc.constantFrom(1, 512, 4096), (at, writes, block) => {
        const record = encodeRecord({ sequence: at, writes }, block);
        expect(record.length % block).toBe(0);
        expect(decodeRecord(record)).toEqual({ sequence: at, writes });
        const longer = Buffer.concat([record, Buffer.alloc(100, 0xff)]);
        expect(decodeRecord(longer)).toEqual({ sequence: at, writes });
      }),
    );
  });

  test('the largest commit fits', () => {
    const key = Buffer.alloc(1_100, 'k');
    const value = Buffer.alloc(4_194_304 - 1_100, 'v');
    const writes: Writes = { rows: [{ key, stamp: 1n, value }], counters: [], stampsBelow: 5n };
    expect(decodeRecord(encodeRecord({ sequence: 1, writes }))).toEqual({ sequence: 1, writes });
  });

  test('with one bit changed is none', () => {
    fc.assert(
      fc.property(sequence, someWrites, fc.nat(), fc.nat(7), (at, writes, place, bit) => {
        const record = encodeRecord({ sequence: at, writes });
        const index = place % record.length;
        record[index] = (record[index] as number) ^ (1 << bit);
        expect(decodeRecord(record)).toBeUndefined();
      }),
    );
  });

  test('that was written only in part is none, whatever stood there before', () => {
    fc.assert(
      fc.property(someWrites, someWrites, fc.nat(), (before, writes, cut) => {
        const older = encodeRecord({ sequence: 7, writes: before }, 4096);
        const record = encodeRecord({ sequence: 8, writes });
        const written = cut % record.length;
        const mixed = Buffer.alloc(Math.max(older.length, record.length));
        older.copy(mixed);
        record.copy(mixed, 0, 0, written);
        // What is missing may be what stood there anyway, zeros mostly: then it is whole.
        fc.pre(!mixed.subarray(0, record.length).equals(record));
        const found = decodeRecord(mixed);
        // The head may not have got far enough to say anything new.
        if (found !== undefined) expect(found).toEqual({ sequence: 7, writes: before });
        expect(decodeRecord(record.subarray(0, written))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  test('zeros and noise are none', () => {
    expect(decodeRecord(Buffer.alloc(4096))).toBeUndefined();
    expect(recordBytes(Buffer.alloc(4096))).toBeUndefined();
    fc.assert(fc.property(bytes(200), (noise) => decodeRecord(noise) === undefined));
  });
});
