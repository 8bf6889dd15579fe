// Both implementations of the hash port against known digests and against each other.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultHashes,
  equalConstantTime,
  fromBase64,
  type Hashes,
  nobleHashes,
  nodeHashes,
  toBase64,
  toHex,
} from '../../src/checksum/index.ts';

const node = nodeHashes() as Hashes;
const data = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.uint8Array({ maxLength: 300 }),
);

test('Node’s are there and chosen', () => {
  expect(node).toBeDefined();
  expect(Object.keys(defaultHashes())).toEqual(Object.keys(node));
  expect(defaultHashes()).not.toBe(nobleHashes);
});

test.each([
  ['node', node],
  ['noble', nobleHashes],
])('%s: known digests', (_, hashes) => {
  expect(toHex(hashes.sha256(''))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(toHex(hashes.md5('abc'))).toBe('900150983cd24fb0d6963f7d28e17f72');
  // RFC 2202 and RFC 4231, case 2.
  const text = 'what do ya want for nothing?';
  expect(toHex(hashes.hmacSha1('Jefe', text))).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79');
  expect(toHex(hashes.hmacSha256('Jefe', text))).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

describe('Node and noble agree', () => {
  test('on every hash', () => {
    fc.assert(
      fc.property(data, data, (a, b) => {
        expect(toHex(node.sha256(a))).toBe(toHex(nobleHashes.sha256(a)));
        for (const each of [node, nobleHashes]) {
          expect(each.sha256Hex(a)).toBe(toHex(node.sha256(a)));
          expect(each.hmacSha256Hex(a, b)).toBe(toHex(node.hmacSha256(a, b)));
        }
        expect(toHex(node.md5(a))).toBe(toHex(nobleHashes.md5(a)));
        expect(toHex(node.hmacSha256(a, b))).toBe(toHex(nobleHashes.hmacSha256(a, b)));
        expect(toHex(node.hmacSha1(a, b))).toBe(toHex(nobleHashes.hmacSha1(a, b)));
      }),
      { numRuns: 300 },
    );
  });

  test('on HMACs of short and long texts, keys in any order', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ minLength: 1_020, maxLength: 1_030 }),
      fc.constantFrom('', '\ud800', '中'.repeat(1_024), '中'.repeat(1_025)),
    );
    const key = fc.oneof(
      fc.uint8Array({ maxLength: 70 }),
      fc.constantFrom(new Uint8Array(64).fill(1), new Uint8Array(65).fill(1)),
    );
    const texts = fc.array(fc.tuple(fc.boolean(), text), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(key, key, texts, (one, other, given) => {
        for (const [isOne, each] of given) {
          const by = isOne ? one : other;
          const expected = toHex(nobleHashes.hmacSha256(by, each));
          expect(node.hmacSha256Hex(by, each)).toBe(expected);
          expect(nobleHashes.hmacSha256Hex(by, each)).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('on a stream, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (chunks) => {
        const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        for (const hashes of [node, nobleHashes]) {
          const stream = hashes.createMd5();
          for (const chunk of chunks) stream.update(chunk);
          expect(toHex(stream.digest())).toBe(toHex(nobleHashes.md5(whole)));
        }
      }),
    );
  });
});

describe('bytes as text', () => {
  test('as Node’s Buffer has it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(['a', 'YQ', 'YQ=', 'YR==', 'Y Q==', 'YQ==\n', 'Y-Q=', '====', '='])(
    '%j is no canonical base64',
    (text) => {
      expect(fromBase64(text)).toBeUndefined();
    },
  );

  test('equality', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(equalConstantTime(a, a)).toBe(true);
        expect(equalConstantTime(a, b)).toBe(a === b);
        expect(equalConstantTime(a, `${a}x`)).toBe(false);
        expect(equalConstantTime(`${a}x`, a)).toBe(false);
      }),
    );
  });
});
