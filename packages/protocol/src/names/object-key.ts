// What an object may be called: 1 to 1023 bytes of UTF-8 that do not begin with `/` or `\` and hold
// no NUL. Everything else is stored as it came.
// Rules: choices row 13, operations reference §3.11.
import { invalidArgumentCase, ossError } from '../errors/refuse.ts';

export const keyBytesMax = 1023;

/** How much of a key that is none an error repeats. */
const shownCharactersMax = 128;

/** Throws InvalidObjectName, or InvalidArgument for text that is not Unicode. */
export function checkObjectKey(key: string): void {
  if (key === '') throw ossError('ObjectNameEmpty', { ObjectName: '' });
  if (!key.isWellFormed()) {
    throw invalidArgumentCase('NotUtf8', 'Object', shown(key).toWellFormed());
  }
  const first = key.charCodeAt(0);
  if (first === 0x2f || first === 0x5c || key.includes('\0')) {
    throw ossError('InvalidObjectName', { ObjectName: shown(key) });
  }
  if (longerThan(key, keyBytesMax)) throw ossError('ObjectNameTooLong', { ObjectName: shown(key) });
}

/** Is the text longer than so many bytes of UTF-8? Counts only where the answer is in doubt. */
function longerThan(text: string, bytesMax: number): boolean {
  if (text.length > bytesMax) return true;
  // One UTF-16 unit is at most three bytes.
  if (text.length * 3 <= bytesMax) return false;
  return utf8Length(text) > bytesMax;
}

/** Bytes of well-formed text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** A NUL can not stand in an XML document, not even as a reference. */
function shown(key: string): string {
  return key.slice(0, shownCharactersMax).replaceAll('\0', '\u{fffd}').toWellFormed();
}
