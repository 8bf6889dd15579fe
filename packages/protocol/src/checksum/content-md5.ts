// The value of a Content-MD5 header: 16 bytes in base64. Rule: operations reference §3.2.
import { ossError } from '../errors/refuse.ts';

const base64Of16Bytes = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** Throws InvalidDigest for text that is not the base64 of 16 bytes. */
export function decodeContentMd5(text: string): Uint8Array {
  if (!base64Of16Bytes.test(text)) {
    throw ossError('MalformedDigest', { 'Content-MD5': text.slice(0, 128) });
  }
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
