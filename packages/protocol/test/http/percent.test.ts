// Escapes are written by hand for speed; JavaScript's own encoder, mended, says what they must be
// (signing reference §1.5).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeComponent, encodePath } from '../../src/http/percent.ts';

function plainly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...ascii), maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...ascii, 'é', '文', '\u{1f600}', '\u0080', '\uffff') }),
  fc.string({ unit: 'binary' }).filter((given) => given.isWellFormed()),
);

test('every ASCII character, alone and between others', () => {
  for (const character of ascii) {
    for (const given of [character, `a${character}b`, `${character}${character}文`]) {
      expect(encodeComponent(given)).toBe(plainly(given));
      expect(encodePath(given)).toBe(plainly(given).replaceAll('%2F', '/'));
    }
  }
});

test('any text', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(encodeComponent(given)).toBe(plainly(given));
      expect(encodePath(given)).toBe(plainly(given).replaceAll('%2F', '/'));
    }),
    { numRuns: 2_000 },
  );
});

test.each(['\ud800', 'a b\udc00', '文\ud800x'])('half of a pair: %j', (given) => {
  expect(() => encodeComponent(given)).toThrow(URIError);
  expect(() => encodePath(given)).toThrow(URIError);
});
