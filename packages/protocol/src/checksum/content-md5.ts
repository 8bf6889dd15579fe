// The value of a Content-MD5 header: 16 bytes in base64. Rule: operations reference §3.2.
import { ossError } from '../errors/refuse.ts';
import { fromBase64 } from './bytes-text.ts';

/** How much of an unreadable value an error repeats. */
const shownCharactersMax = 128;

/** Throws InvalidDigest with the EC of a malformed value. */
export function decodeContentMd5(text: string): Uint8Array {
  const bytes = fromBase64(text.trim());
  if (bytes?.length === 16) return bytes;
  throw ossError('MalformedDigest', { 'Content-MD5': text.slice(0, shownCharactersMax) });
}
