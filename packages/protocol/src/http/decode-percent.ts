// Strict percent-decoding of a piece of a request target, once. Input is text of the wire: each
// character one byte. Rules: choices rows 10 and 13, signing reference §1.5.
import type { OssError } from '../errors/oss-error.ts';
import { invalidArgumentCase } from '../errors/refuse.ts';

/** How much of an unreadable piece an error repeats. */
const shownCharactersMax = 128;

const malformedEscape = /%(?![0-9A-Fa-f]{2}).{0,2}/s;
const rawBytes = /[\x80-\xff]/g;

/** Decodes a piece of a path: `+` is a plus sign. */
export function decodePath(piece: string): string {
  for (let i = 0; i < piece.length; i += 1) {
    const code = piece.charCodeAt(i);
    if (code === 0x25 || code > 0x7f) return decode(piece, 'path');
  }
  return piece;
}

/** Decodes a name or a value of a query: `+` is a space. */
export function decodeQueryPart(piece: string): string {
  for (let i = 0; i < piece.length; i += 1) {
    const code = piece.charCodeAt(i);
    if (code === 0x25 || code === 0x2b || code > 0x7f) {
      return decode(piece.replaceAll('+', ' '), 'query');
    }
  }
  return piece;
}

function decode(piece: string, place: string): string {
  // decodeURIComponent knows escapes only, so bytes that came raw are escaped first.
  const escaped = piece.replace(rawBytes, escapeByte);
  try {
    const text = decodeURIComponent(escaped);
    if (!hasWideCharacter(escaped)) return text;
  } catch {
    // Told apart below.
  }
  throw refusal(piece, place);
}

function escapeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

/** Text that was decoded before is not text of the wire. */
function hasWideCharacter(text: string): boolean {
  return /[^\x00-\xff]/.test(text);
}

function refusal(piece: string, place: string): OssError {
  const malformed = malformedEscape.exec(piece);
  if (malformed !== null) {
    return invalidArgumentCase('MalformedPercentEncoding', place, malformed[0]);
  }
  return invalidArgumentCase('NotUtf8', place, piece.slice(0, shownCharactersMax));
}
