// Writes XML documents. Everything the reader accepts comes back the same: control characters and
// carriage returns travel as references, which a parser would otherwise drop or turn into LF.

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const special = /[&<>"\u0001-\u0008\u000b\u000c\r\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  }
}

/** The same and NUL, for a look that costs less than a replacement: most text has none. */
const specialOrNul = new RegExp(`\0|${special.source}`);

/** Text as it stands between tags. NUL has no place in XML: a programmer's error. */
export function escapeXml(text: string): string {
  if (!specialOrNul.test(text)) return text;
  if (text.includes('\0')) throw new RangeError('XML cannot carry NUL.');
  return text.replace(special, escapeCharacter);
}

/** `<name>text</name>`. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
