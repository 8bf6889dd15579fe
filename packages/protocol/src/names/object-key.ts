// Object keys: 1 to 1,023 bytes of UTF-8, not beginning with a slash or backslash, without NUL.
// Everything else is stored literally: `..`, `//`, control characters (design §8 row 13).
import { ossError } from '../errors/refuse.ts';

export const objectKeyBytesMax = 1_023;

const encoder = new TextEncoder();

/** Throws 400 InvalidObjectName, or InvalidArgument for text that UTF-8 cannot carry. */
export function checkObjectKey(key: string): void {
  if (key === '') throw ossError('ObjectNameEmpty', { ObjectName: key });
  // A third of the limit in characters cannot be over it in bytes.
  if (key.length > objectKeyBytesMax / 3 && encoder.encode(key).length > objectKeyBytesMax) {
    throw ossError('ObjectNameTooLong', { ObjectName: key });
  }
  if (!key.isWellFormed()) {
    throw ossError('NotUtf8', { ArgumentName: 'ObjectName', ArgumentValue: key.toWellFormed() });
  }
  const first = key[0];
  if (first === '/' || first === '\\' || key.includes('\0')) {
    throw ossError('InvalidObjectName', { ObjectName: key.replaceAll('\0', '%00') });
  }
}
