// Percent-decoding: one reading for every piece (choices rows 10 and 13, signing reference §1.5).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePath, decodeQueryPart } from '../../src/http/decode-percent.ts';
import { encodeComponent, encodePath } from '../../src/http/percent.ts';

const unicode = fc.string({ unit: 'binary', maxLength: 60 });
const notUtf8 = 'The characters encoding must be utf-8.';

test.each([
  // Signing reference §1.5, read backwards.
  ['exampleobject', 'exampleobject'],
  ['a%20b', 'a b'],
  ['a+b', 'a+b'],
  ['a%2Bb', 'a+b'],
  ['a%2520b', 'a%20b'],
  ['a%2fb', 'a/b'],
  ['%7E~', '~~'],
  ['%e4%b8%AD%E6%96%87', '中文'],
  ['%F0%9F%98%80', '😀'],
  ['a//../.', 'a//../.'],
  ['%2e%2e/x', '../x'],
  ['a%00b', 'a\0b'],
  ['%EF%BB%BFx', '\ufeffx'],
  // Bytes that came without escapes.
  ['\xe4\xb8\xad', '中'],
  ['\xe4%b8\xad', '中'],
])('path %j is %j', (piece, text) => {
  expect(decodePath(piece)).toBe(text);
});

test.each([
  ['a+b', 'a b'],
  ['a%20b', 'a b'],
  ['a%2Bb', 'a+b'],
  ['+%2B+', ' + '],
  ['plain', 'plain'],
  ['\xc3\xa9+', 'é '],
])('query %j is %j', (piece, text) => {
  expect(decodeQueryPart(piece)).toBe(text);
});

describe.each([
  ['path', decodePath],
  ['query', decodeQueryPart],
])('%s', (_, decode) => {
  test.each(['%', 'a%', '%4', '%zz', '%4g', '%%41', 'ok%20then%2', '%u4e2d', '%C3%A9%'])(
    '%j: a percent sign must be followed by two hexadecimal digits',
    (piece) => {
      expect(() => decode(piece)).toThrow(
        expect.objectContaining({
          code: 'InvalidArgument',
          status: 400,
          message: expect.stringContaining('two hexadecimal digits'),
        }),
      );
    },
  );

  test.each([
    ['a lone continuation byte', '%80'],
    ['a sequence cut short', 'a%E4%B8'],
    ['an overlong slash', '%C0%AF'],
    ['an overlong NUL', '%C0%80'],
    ['half a surrogate pair', '%ED%A0%80'],
    ['beyond U+10FFFF', '%F4%90%80%80'],
    ['a byte that UTF-8 never has', '%FF'],
    ['a raw Latin-1 byte', 'caf\xe9'],
    ['text that is no bytes', '中'],
  ])('%s is not UTF-8', (_name, piece) => {
    expect(() => decode(piece)).toThrow(
      expect.objectContaining({ code: 'InvalidArgument', status: 400, message: notUtf8 }),
    );
  });
});

test('an error repeats a long piece only in part', () => {
  try {
    decodePath(`${'a'.repeat(5_000)}%FF`);
    expect.unreachable();
  } catch (error) {
    const details = (error as { details: Record<string, string> }).details;
    expect(details['ArgumentValue']?.length).toBeLessThan(200);
  }
});

test('what is encoded decodes to itself', () => {
  fc.assert(
    fc.property(unicode, (text) => {
      expect(decodePath(encodePath(text))).toBe(text);
      expect(decodePath(encodeComponent(text))).toBe(text);
      expect(decodeQueryPart(encodeComponent(text))).toBe(text);
      // The case of hexadecimal digits does not matter.
      const lower = encodeComponent(text).replace(/%../g, (hex) => hex.toLowerCase());
      expect(decodePath(lower)).toBe(text);
    }),
  );
});

test('any bytes, escaped or raw, are read as a UTF-8 decoder reads them', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const byte = fc.tuple(fc.nat(255), fc.boolean());
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
      const piece = bytes
        .map(([value, raw]) =>
          raw && value > 0x7f
            ? String.fromCharCode(value)
            : `%${value.toString(16).padStart(2, '0')}`,
        )
        .join('');
      let expected: string | undefined;
      try {
        expected = decoder.decode(Uint8Array.from(bytes, ([value]) => value));
      } catch {
        expected = undefined;
      }
      if (expected === undefined) expect(() => decodePath(piece)).toThrow(notUtf8);
      else expect(decodePath(piece)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});
