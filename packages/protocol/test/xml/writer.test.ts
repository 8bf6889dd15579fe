// Writer and reader are each other's reverse, and neither can be made to build markup from text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { XmlElement } from '../../src/xml/node.ts';
import { escapeXml, textElement, xmlDeclaration } from '../../src/xml/writer.ts';
import { faultIn, xmlOf } from './xml-of.ts';

/** Any text but NUL, control characters and line ends as likely as letters. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 1, max: 0x7f }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('\r\n', '\r', ']]>', '<!--', '&amp;', '\u0085', '\u2028', '\ufffe', '\uffff'),
      fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => !text.includes('\0')),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);

interface Tree {
  name: string;
  text: string;
  children: Tree[];
}

function treeOf(levels: number): fc.Arbitrary<Tree> {
  const children: fc.Arbitrary<Tree[]> =
    levels === 0 ? fc.constant([]) : fc.array(treeOf(levels - 1), { maxLength: 3 });
  return fc.record({ name, text: anyText, children });
}

function write({ name, text, children }: Tree): string {
  return `<${name}>${escapeXml(text)}${children.map(write).join('')}</${name}>`;
}

describe('writer', () => {
  test('every text comes back as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(xmlOf(xmlDeclaration + textElement('Key', text)).text).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('every tree comes back as it was', () => {
    fc.assert(
      fc.property(treeOf(4), (given) => {
        expect(xmlOf(write(given))).toEqual(given satisfies XmlElement);
      }),
    );
  });

  test('what the reader made of any document is written and read the same', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      '<c d="e">',
      '</c>',
      'x',
      ' ',
      '&#10;',
      '&lt;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '\r\n',
      '<?p?>',
      '\x01',
      'é',
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (middle) => {
        const document = `<a>${middle.join('')}</a>`;
        if (faultIn(document) !== undefined) return;
        accepted += 1;
        const read = xmlOf(document);
        expect(xmlOf(write(read as Tree))).toEqual(read);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('literally', () => {
    expect(textElement('Key', `<a b="c">&'\x01\n\t\r\x7f\u0085é]]>`)).toBe(
      `<Key>&lt;a b=&quot;c&quot;&gt;&amp;'&#x1;\n\t&#xD;&#x7F;&#x85;é]]&gt;</Key>`,
    );
    expect(xmlDeclaration).toBe('<?xml version="1.0" encoding="UTF-8"?>\n');
  });

  test('NUL has no form in XML', () => {
    expect(() => escapeXml('a\0b')).toThrow(RangeError);
  });
});
