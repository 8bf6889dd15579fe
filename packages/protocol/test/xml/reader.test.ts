// What the reader accepts and refuses (choices §6, row 23; testing reference §1, lenient input).
import { describe, expect, test } from 'vitest';
import { xmlAttributesMax, xmlDepthMax, xmlElementsMax } from '../../src/xml/reader.ts';
import { faultIn, xmlOf } from './xml-of.ts';

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const attributes = (count: number): string =>
  Array.from({ length: count }, (_, i) => ` a${i}="1"`).join('');

describe('accepts', () => {
  test('a tree of names and text, in order', () => {
    const document = '<?xml version="1.0"?>\n<A>\n <B>one</B>\n <C/>\n <B> two </B></A>\n';
    const root = xmlOf(document);
    expect(root.name).toBe('A');
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['B', 'one'],
      ['C', ''],
      ['B', ' two '],
    ]);
  });

  test.each([
    ['a byte order mark', '\uFEFF<A>x</A>'],
    ['a declaration without encoding', '<?xml version="1.0"?><A>x</A>'],
    [
      'a declared UTF-8 in any case',
      "<?xml version='1.0' encoding='utf-8' standalone='yes'?><A>x</A>",
    ],
    ['a default namespace', '<A xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">x</A>'],
    ['a namespace prefix', '<o:A xmlns:o="urn:x">x</o:A>'],
    ['attributes in both quotes', `<A one="1>2" two='a "b"'>x</A>`],
    ['space in tags', '<A \t\r\n one = "1" >x</A\n>'],
    [
      'comments and instructions',
      '<!-- one --><?go on?><A>x<!-- <two> --></A><!-- three --><?end?>',
    ],
    ['CDATA', '<A><![CDATA[x]]></A>'],
    ['no declaration', '<A>x</A>'],
  ])('%s', (_, document) => {
    expect(xmlOf(document)).toEqual({ name: 'A', children: [], text: 'x' });
  });

  test.each([
    ['named references', '&lt;&gt;&amp;&quot;&apos;', `<>&"'`],
    ['numbered references', '&#65;&#x41;&#x1F600;&#0000065;', 'AA\u{1F600}A'],
    ['references to control characters', 'a&#x1;&#10;&#13;&#xC;&#7;b', 'a\x01\n\r\x0c\x07b'],
    ['raw control characters', 'a\x01\x07\x0b\x1f\x7fb', 'a\x01\x07\x0b\x1f\x7fb'],
    ['line ends as one LF', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['CDATA as it stands', '<![CDATA[&lt; <b> ]] >]]>', '&lt; <b> ]] >'],
    ['a lone >', '1 > 0', '1 > 0'],
    ['text around comments', 'a<!-- no -->b', 'ab'],
    ['a byte order mark inside', 'a\uFEFFb', 'a\uFEFFb'],
  ])('%s', (_, inside, expected) => {
    expect(xmlOf(`<A>${inside}</A>`).text).toBe(expected);
  });

  test('as much as its limits say', () => {
    expect(faultIn(nested(xmlDepthMax))).toBeUndefined();
    expect(faultIn(`<a>${'<b/>'.repeat(xmlElementsMax - 1)}</a>`)).toBeUndefined();
    expect(faultIn(`<a${attributes(xmlAttributesMax)}/>`)).toBeUndefined();
  });

  test('names that are properties of every object', () => {
    const root = xmlOf('<__proto__><constructor>x</constructor></__proto__>');
    expect(root.name).toBe('__proto__');
    expect(root.children[0]).toEqual({ name: 'constructor', children: [], text: 'x' });
  });
});

describe('refuses', () => {
  test.each([
    ['nothing', '', 'no root'],
    ['space alone', ' \n', 'no root'],
    ['text alone', 'x', 'outside the root'],
    ['an open element', '<A><B></B>', 'A is not closed'],
    ['a wrong closing tag', '<A></B>', 'closing tag B does not fit'],
    ['a closing tag alone', '</A>', 'does not fit'],
    ['a closing tag in other case', '<A></a>', 'does not fit'],
    ['a second root', '<A/><B/>', 'second root'],
    ['the same root twice', '<A></A><A></A>', 'second root'],
    ['text after the root', '<A/>x', 'outside the root'],
    ['a no-break space after the root', '<A/>\u00a0', 'outside the root'],
    ['CDATA after the root', '<A/><![CDATA[x]]>', 'outside the root'],
    ['a document type', '<!DOCTYPE A><A/>', 'Document types'],
    [
      'a document type after a comment',
      '<!-- --><!DOCTYPE A SYSTEM "file:///etc/passwd"><A/>',
      'Document types',
    ],
    ['an entity definition', '<!DOCTYPE A [<!ENTITY x "y">]><A>&x;</A>', 'Document types'],
    ['an element declaration inside', '<A><!ELEMENT B></A>', 'Document types'],
    ['an unknown entity', '<A>&x;</A>', 'reference'],
    ['a bare ampersand', '<A>a & b</A>', 'write & as &amp;'],
    ['an ampersand at the end', '<A>a&</A>', 'reference'],
    ['a reference to NUL', '<A>&#0;</A>', 'reference'],
    ['a reference to a surrogate', '<A>&#xD800;</A>', 'reference'],
    ['a reference beyond Unicode', '<A>&#x110000;</A>', 'reference'],
    ['a reference without digits', '<A>&#;</A>', 'reference'],
    ['a hexadecimal reference without digits', '<A>&#x;</A>', 'reference'],
    ['a reference with a wrong digit', '<A>&#12a;</A>', 'reference'],
    ['an upper-case X', '<A>&#X41;</A>', 'reference'],
    ['an endless number', `<A>&#${'0'.repeat(30)}65;</A>`, 'reference'],
    ['a bad reference in an attribute', '<A b="&x;"/>', 'reference'],
    ['NUL', '<A>\0</A>', 'NUL'],
    ['a declaration in the middle', '<A/><?xml version="1.0"?>', 'very beginning'],
    ['a declaration after a space', ' <?xml version="1.0"?><A/>', 'very beginning'],
    ['an open declaration', '<?xml version="1.0"', 'declaration is not closed'],
    ['another encoding', '<?xml version="1.0" encoding="GBK"?><A/>', 'GBK is not supported'],
    ['UTF-16 declared', '<?xml version="1.0" encoding="UTF-16"?><A/>', 'UTF-16 is not supported'],
    ['two byte order marks', '\uFEFF\uFEFF<A/>', 'outside the root'],
    ['an open comment', '<A><!-- </A>', 'comment is not closed'],
    ['an open CDATA', '<A><![CDATA[ </A>', 'CDATA section is not closed'],
    ['an open instruction', '<A><?x </A>', 'instruction is not closed'],
    ['"]]>" in text', '<A>a]]>b</A>', ']]>'],
    ['an open tag', '<A', 'tag is not closed'],
    ['a tag without a name', '<A>< B/></A>', 'name is missing'],
    ['a name that begins with a digit', '<1/>', 'name is missing'],
    ['a name of a prefix alone', '<a:/>', 'prefix'],
    ['a control character in a name', '<A\x01/>', 'does not belong'],
    ['an attribute twice', '<A b="1" b="2"/>', 'repeated'],
    ['an attribute without a value', '<A b/>', 'no value'],
    ['an attribute without quotes', '<A b=1/>', 'no quotes'],
    ['an open attribute', '<A b="1/>', 'not closed'],
    ['< in an attribute', '<A b="<"/>', 'write it as &lt;'],
    ['attributes without space', '<A b="1"c="2"/>', 'does not belong'],
    ['one level too deep', nested(xmlDepthMax + 1), `deeper than ${xmlDepthMax}`],
    [
      'one element too many',
      `<a>${'<b/>'.repeat(xmlElementsMax)}</a>`,
      `more than ${xmlElementsMax}`,
    ],
    [
      'one attribute too many',
      `<a${attributes(xmlAttributesMax + 1)}/>`,
      `more than ${xmlAttributesMax}`,
    ],
  ])('%s', (_, document, expected) => {
    expect(faultIn(document)).toContain(expected);
  });

  test.each([
    ['bytes that are not UTF-8', [0x3c, 0x41, 0x3e, 0xff, 0x3c, 0x2f, 0x41, 0x3e]],
    ['a surrogate in UTF-8', [0x3c, 0x41, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x41, 0x3e]],
    ['UTF-16, little end first', [0xff, 0xfe, 0x3c, 0x00, 0x41, 0x00, 0x2f, 0x00, 0x3e, 0x00]],
    ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x3c, 0x00, 0x41, 0x00, 0x2f, 0x00, 0x3e]],
  ])('%s', (_, bytes) => {
    expect(faultIn(Uint8Array.from(bytes))).toContain('not UTF-8');
  });

  test('and says in which line', () => {
    expect(faultIn('<A>\n<B></B>\r\n\r<C></D>\n</A>')).toMatch(/^Line 4: /);
    expect(faultIn('<A>\n\n\0</A>')).toMatch(/^Line 3: /);
    expect(faultIn('<A/>')).toBeUndefined();
  });
});
