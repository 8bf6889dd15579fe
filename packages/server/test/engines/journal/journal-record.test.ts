// Records of the journal: what earlier versions put in comes out, and what is not whole is no record.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesOf,
  recordIn,
  writesOf,
} from '../../../src/engines/embedded/journal/journal-record.ts';
import { FrameError } from '../../../src/engines/embedded/metadata/byte-cursor.ts';
import type { Writes } from '../../../src/engines/embedded/metadata/writes.ts';
import { encodeRecord, sealed } from './old-journal.ts';

interface Decoded {
  readonly sequence: number;
  readonly writes: Writes;
}

function decodeRecord(bytes: Buffer): Decoded | undefined {
  const record = recordIn(bytes);
  return record && { sequence: record.sequence, writes: writesOf(record) };
}

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
  test('comes back as it was, whatever stands behind it', () => {
    fc.assert(
      fc.property(sequence, someWrites, (at, writes) => {
        const record = encodeRecord(at, writes);
        expect(decodeRecord(record)).toEqual({ sequence: at, writes });
        const longer = Buffer.concat([record, Buffer.alloc(100, 0xff)]);
        const found = recordIn(longer);
        expect(found && [bytesOf(found), writesOf(found)]).toEqual([record.length, writes]);
      }),
    );
  });

  test('the largest commit fits', () => {
    const key = Buffer.alloc(1_100, 'k');
    const value = Buffer.alloc(4_194_304 - 1_100, 'v');
    const writes: Writes = { rows: [{ key, stamp: 1n, value }], counters: [], stampsBelow: 5n };
    expect(decodeRecord(encodeRecord(1, writes))).toEqual({ sequence: 1, writes });
  });

  test('that says more or less than it holds, or another thing, is told from a torn one', () => {
    const key = Buffer.from('k');
    const rows = [{ key, stamp: 1n, value: Buffer.from('v') }];
    const record = encodeRecord(1, { rows, counters: [], stampsBelow: undefined });
    const kindAt = 20 + 4 + 2 + key.length;
    for (const [at, byte] of [
      [kindAt, 2],
      [23, 2],
      [23, 0],
    ] as const) {
      const other = Buffer.from(record);
      other[at] = byte;
      expect(() => decodeRecord(sealed(other)), `${at} ${byte}`).toThrow(FrameError);
    }
  });

  test('with one bit changed is none', () => {
    fc.assert(
      fc.property(sequence, someWrites, fc.nat(), fc.nat(7), (at, writes, place, bit) => {
        const record = encodeRecord(at, writes);
        const index = place % record.length;
        record[index] = (record[index] as number) ^ (1 << bit);
        expect(decodeRecord(record)).toBeUndefined();
      }),
    );
  });

  test('that was written only in part is none, whatever stood there before', () => {
    fc.assert(
      fc.property(someWrites, someWrites, fc.nat(), (before, writes, cut) => {
        const older = encodeRecord(7, before);
        const record = encodeRecord(8, writes);
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
    expect(decodeRecord(Buffer.alloc(0))).toBeUndefined();
    fc.assert(fc.property(bytes(200), (noise) => decodeRecord(noise) === undefined));
  });
});
