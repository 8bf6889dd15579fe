// Header values between the wire and Unicode text. On the wire a value is bytes, which HTTP
// libraries show as Latin-1; OSS clients send UTF-8, some Latin-1 (operations reference §3.6).
import { invalidArgument } from '../errors/refuse.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const notPlain = /[^\t\x20-\x7e]/;
const control = /[\x00-\x08\x0a-\x1f\x7f]/;
const notAscii = /[^\x00-\x7f]/;
const wide = /[^\x00-\xff]/;

/** Reads a value of the wire: valid UTF-8 is decoded, anything else stays Latin-1. */
export function headerText(wire: string): string {
  if (!notAscii.test(wire) || wide.test(wire)) return wire;
  const bytes = new Uint8Array(wire.length);
  for (let i = 0; i < wire.length; i += 1) bytes[i] = wire.charCodeAt(i);
  try {
    return utf8.decode(bytes);
  } catch {
    return wire;
  }
}

/** May this text stand in a header? Control characters would end it early; the tab is allowed. */
export function isHeaderText(text: string): boolean {
  return !control.test(text) && text.isWellFormed();
}

/**
 * Writes text for the wire: one character per UTF-8 byte. Refuses what no header can carry, so that
 * a value read from storage or from a query never breaks the answer it stands in.
 */
export function wireText(text: string): string {
  if (!notPlain.test(text)) return text;
  if (!isHeaderText(text)) {
    throw invalidArgument(
      'header',
      JSON.stringify(text.slice(0, 64)).slice(1, -1),
      'A header value can not hold control characters or halves of surrogate pairs. Remove them.',
    );
  }
  let wire = '';
  for (const byte of encoder.encode(text)) wire += String.fromCharCode(byte);
  return wire;
}
