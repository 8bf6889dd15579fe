// The Content-MD5 header: 16 bytes in base64.
import { ossError } from '../errors/refuse.ts';
import { fromBase64 } from './bytes-text.ts';

/** Throws InvalidDigest with the EC of a malformed value. */
export function decodeContentMd5(text: string): Uint8Array {
  const bytes = fromBase64(text.trim());
  if (bytes === undefined || bytes.length !== 16) {
    throw ossError('MalformedDigest', { 'Content-MD5': text.slice(0, 128) });
  }
  return bytes;
}
