// Kept is what was made last, for the text it was made of.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rememberLast } from '../../src/http/remember-last.ts';

test('answers what would be made, and makes it once for a row of the same', () => {
  const short = fc.constantFrom('', 'a', 'b', 'ab');
  fc.assert(
    fc.property(fc.array(short), (texts) => {
      const made: string[] = [];
      const remembering = rememberLast((text) => {
        made.push(text);
        return `<${text}>`;
      });
      for (const text of texts) expect(remembering(text)).toBe(`<${text}>`);
      expect(made).toEqual(texts.filter((text, at) => at === 0 || text !== texts[at - 1]));
    }),
  );
});

test('keeps nothing of what was refused', () => {
  const remembering = rememberLast((text) => {
    if (text === 'bad') throw new RangeError(text);
    return text.length;
  });
  expect(remembering('good')).toBe(4);
  expect(() => remembering('bad')).toThrow(RangeError);
  expect(() => remembering('bad')).toThrow(RangeError);
  expect(remembering('good')).toBe(4);
});
