import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crc64, combineCrc64, crc64 } from '../../src/checksum/crc64.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One bit at a time, straight from the definition. */
function slowCrc64(bytes: Uint8Array): bigint {
  let crc = 2n ** 64n - 1n;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 1n) === 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
    }
  }
  return crc ^ (2n ** 64n - 1n);
}

describe('CRC-64', () => {
  // Operations reference §3.2.
  test.each([
    ['123456789', 11051210869376104954n],
    ['', 0n],
    ['hello world', 5981764153023615706n],
  ])('of %j', (text, expected) => {
    expect(crc64(utf8(text))).toBe(expected);
  });

  test('agrees with the definition, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const crc = new Crc64()
          .update(bytes.subarray(0, first))
          .update(bytes.subarray(first, second))
          .update(bytes.subarray(second));
        expect(crc.digest()).toBe(slowCrc64(bytes));
      }),
    );
  });

  test('of two runs combines from their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(500), (bytes, cut) => {
        const [head, tail] = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(combineCrc64(crc64(head), crc64(tail), tail.length)).toBe(crc64(bytes));
      }),
    );
  });
});
