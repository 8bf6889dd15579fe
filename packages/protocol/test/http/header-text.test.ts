// Header values: UTF-8 and Latin-1 in, UTF-8 out (operations reference §3.6).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerText, isHeaderText, wireText } from '../../src/http/header-text.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

test.each([
  ['plain ASCII', 'text/plain', 'text/plain'],
  ['a tab', 'a\tb', 'a\tb'],
  ['UTF-8', latin1(Buffer.from('中文😀é')), '中文😀é'],
  ['a byte order mark', latin1(Buffer.from('\ufeffx')), '\ufeffx'],
  ['Latin-1', 'caf\xe9', 'café'],
  ['Latin-1 that begins like UTF-8', '\xc3\xa9\xff', 'Ã©ÿ'],
  ['an overlong form', '\xc0\xaf', 'À¯'],
  ['nothing', '', ''],
])('%s is read', (_, wire, text) => {
  expect(headerText(wire)).toBe(text);
});

test.each([
  ['a', 'a'],
  ['é', '\xc3\xa9'],
  ['中', '\xe4\xb8\xad'],
])('%j is written as UTF-8 bytes', (text, wire) => {
  expect(wireText(text)).toBe(wire);
});

test.each(['a\r\nSet-Cookie: x', 'a\nb', '\0', '\x7f', 'é\r', '\ud800', 'a\udc00b'])(
  '%j can not stand in a header',
  (text) => {
    expect(isHeaderText(text)).toBe(false);
    expect(() => wireText(text)).toThrow(
      expect.objectContaining({ code: 'InvalidArgument', status: 400 }),
    );
  },
);

const headerValue = fc
  .string({ unit: 'binary', maxLength: 60 })
  .map((text) => text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, '.'));

test('what is written is read back, and only bytes are written', () => {
  fc.assert(
    fc.property(headerValue, (text) => {
      expect(isHeaderText(text)).toBe(true);
      const wire = wireText(text);
      expect(wire).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
      expect(headerText(wire)).toBe(text);
    }),
  );
});

test('reading never fails', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const wire = latin1(bytes);
      const text = headerText(wire);
      const utf8 = Buffer.from(bytes).toString('utf8');
      expect(text === wire || text === utf8).toBe(true);
    }),
  );
});
