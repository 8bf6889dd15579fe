// CRC-64 against its definition, bit by bit, and against the values of operations reference §3.2.
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { combineCrc64 } from '../../src/checksum/combine-crc64.ts';
import { Crc64, crc64 } from '../../src/checksum/crc64.ts';
import { updateCrc64Javascript } from '../../src/checksum/crc64-javascript.ts';
import { makeCrc64WebAssembly } from '../../src/checksum/crc64-webassembly.ts';

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

/** Bytes that do not repeat with any power of two. */
function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 167 + (at >>> 8) * 59 + 13) & 255);
}

const webAssembly = makeCrc64WebAssembly();

test('Node allows WebAssembly, so both ways are under test here', () => {
  expect(webAssembly).toBeDefined();
});

describe.each([
  ['WebAssembly', webAssembly as NonNullable<typeof webAssembly>],
  ['JavaScript', updateCrc64Javascript],
])('CRC-64 in %s', (_, step) => {
  test.each([
    ['123456789', 11051210869376104954n],
    ['', 0n],
    ['hello world', 5981764153023615706n],
  ])('of %j', (text, expected) => {
    expect(new Crc64(step).update(utf8(text)).digest()).toBe(expected);
  });

  test('agrees with the definition, however the bytes are cut', () => {
    const cuts = fc.array(fc.nat(300), { maxLength: 6 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, at) => {
        const crc = new Crc64(step);
        const ends = [...at.map((cut) => Math.min(cut, bytes.length)), bytes.length];
        let from = 0;
        for (const to of ends.sort((a, b) => a - b)) {
          crc.update(bytes.subarray(from, to));
          from = to;
        }
        expect(crc.digest()).toBe(slowCrc64(bytes));
      }),
    );
  });

  // From 4 KiB on the module folds first.
  test.each([4_095, 4_096, 4_097, 4_111, 4_112, 5_600, 5_601])('of %i bytes', (length) => {
    const bytes = patterned(length);
    expect(new Crc64(step).update(utf8('x')).update(bytes).digest()).toBe(
      slowCrc64(new Uint8Array([120, ...bytes])),
    );
  });

  // The module takes 64 KiB at once.
  test.each([65_535, 65_536, 65_537, 131_072, 200_003])('of %i bytes in one chunk', (length) => {
    const bytes = patterned(length);
    expect(new Crc64(step).update(bytes).digest()).toBe(slowCrc64(bytes));
  });

  test('streams side by side do not disturb each other', () => {
    const all = [patterned(70_000), patterned(70_001).reverse(), patterned(33)];
    const streams = all.map(() => new Crc64(step));
    for (let at = 0; at < 70_001; at += 1_000) {
      for (const [i, crc] of streams.entries()) crc.update(all[i]!.subarray(at, at + 1_000));
    }
    expect(streams.map((crc) => crc.digest())).toEqual(all.map(slowCrc64));
  });

  test('digest leaves the stream as it is', () => {
    const crc = new Crc64(step).update(utf8('12345'));
    expect(crc.digest()).toBe(crc.digest());
    expect(crc.update(utf8('6789')).digest()).toBe(11051210869376104954n);
  });

  test('reads a view of a larger buffer from where it begins', () => {
    const view = new Uint8Array(utf8('xx123456789yy').buffer, 2, 9);
    expect(new Crc64(step).update(view).digest()).toBe(11051210869376104954n);
  });
});

test('folding agrees with JavaScript, whatever lay in the memory before', () => {
  const any = fc.tuple(fc.nat(70_000), fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
  fc.assert(
    fc.property(any, ([length, seed, running]) => {
      const bytes = Uint8Array.from({ length }, (_, at) => Math.imul(at ^ seed, 2654435761) >>> 24);
      const folded = BigInt.asUintN(64, webAssembly?.(running, bytes) ?? 0n);
      expect(folded).toBe(updateCrc64Javascript(running, bytes));
    }),
  );
});

describe('where WebAssembly from bytes is refused', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test.each([
    ['the runtime has none', undefined],
    [
      'a content policy forbids it',
      {
        Module: class {
          constructor() {
            throw new Error('refused by Content Security Policy');
          }
        },
      },
    ],
  ])('JavaScript counts: %s', async (_, global) => {
    vi.stubGlobal('WebAssembly', global);
    vi.resetModules();
    expect(makeCrc64WebAssembly()).toBeUndefined();
    const fresh = await import('../../src/checksum/crc64.ts');
    expect(fresh.Crc64).not.toBe(Crc64);
    expect(fresh.crc64(utf8('123456789'))).toBe(11051210869376104954n);
  });
});

describe('combining', () => {
  test('two runs combine from their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(500), (bytes, cut) => {
        const [head, tail] = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(combineCrc64(crc64(head), crc64(tail), tail.length)).toBe(crc64(bytes));
      }),
    );
  });

  test('many parts of odd sizes combine in order', () => {
    const bytes = patterned(300_000);
    let whole = 0n;
    for (let from = 0, size = 1; from < bytes.length; from += size, size = size * 3 + 1) {
      const part = bytes.subarray(from, from + size);
      whole = combineCrc64(whole, crc64(part), part.length);
    }
    expect(whole).toBe(crc64(bytes));
  });

  test('grouping does not matter, also at sizes no test can hold in memory', () => {
    const length = fc.integer({ min: 0, max: 48 * 2 ** 40 });
    const value = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(value, value, value, length, length, (a, b, c, bytesOfB, bytesOfC) => {
        const left = combineCrc64(combineCrc64(a, b, bytesOfB), c, bytesOfC);
        const right = combineCrc64(a, combineCrc64(b, c, bytesOfC), bytesOfB + bytesOfC);
        expect(left).toBe(right);
      }),
    );
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('a length of %d is refused', (length) => {
    expect(() => combineCrc64(1n, 2n, length)).toThrow(RangeError);
  });
});
