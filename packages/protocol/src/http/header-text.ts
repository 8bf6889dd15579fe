// Header values between wire and text. On the wire every character is a byte (Latin-1 reading); as
// text they are what those bytes mean: UTF-8 where they are UTF-8, else Latin-1, which some clients
// still send. Text goes back to the wire as UTF-8.

const beyondAscii = /[^\x00-\x7f]/;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** The text of a header value whose characters are bytes. */
export function headerText(wire: string): string {
  if (!beyondAscii.test(wire)) return wire;
  const bytes = new Uint8Array(wire.length);
  for (let i = 0; i < wire.length; i += 1) bytes[i] = wire.charCodeAt(i);
  try {
    return utf8.decode(bytes);
  } catch {
    return wire;
  }
}

/** The byte string of a header value, for APIs that take Latin-1 only. */
export function wireText(text: string): string {
  if (!beyondAscii.test(text)) return text;
  let wire = '';
  for (const byte of encoder.encode(text)) wire += String.fromCharCode(byte);
  return wire;
}

/** True when a value may stand in a header: no control characters but the tab. */
export function isHeaderText(text: string): boolean {
  return !/[\x00-\x08\x0a-\x1f\x7f]/.test(text) && text.isWellFormed();
}
