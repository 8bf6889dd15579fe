// HMAC-SHA256 (RFC 2104) over Node's one-shot hash: half the time of a Hmac object for the short texts
// that signatures are made of. The pads of a key are kept as long as the key is.

/** One-shot SHA-256 with its digest as text: a character a byte, or hexadecimal. */
export type HashText = (data: Uint8Array, encoding: 'latin1' | 'hex') => string;

interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

const blockBytes = 64;
/** A longer key would have to be hashed first. */
export const shortKeyBytesMax: number = blockBytes;
const digestBytes = 32;
/** Longer texts gain nothing, and need a buffer of their own. */
export const shortTextMax = 1_024;
const bytesOfCharacterMax = 3;

/** For keys of at most `shortKeyBytesMax` bytes and texts of at most `shortTextMax` characters. */
export function shortHmac(hash: HashText): (key: Uint8Array, text: string) => string {
  const pads = new WeakMap<Uint8Array, Pads>();
  const encoder = new TextEncoder();
  // One key signs most texts, and they are of one length: pads and view stay as they were for the last.
  const first = new Uint8Array(blockBytes + shortTextMax * bytesOfCharacterMax);
  const text = first.subarray(blockBytes);
  let padded = first.subarray(0, blockBytes);
  const second = new Uint8Array(blockBytes + digestBytes);
  let lastKey: Uint8Array | undefined;
  const setPads = (key: Uint8Array): void => {
    let own = pads.get(key);
    if (own === undefined) {
      own = padsOf(key);
      pads.set(key, own);
    }
    first.set(own.inner);
    second.set(own.outer);
    lastKey = key;
  };
  return (key, data) => {
    if (key !== lastKey) setPads(key);
    const bytes = blockBytes + encoder.encodeInto(data, text).written;
    if (padded.length !== bytes) padded = first.subarray(0, bytes);
    const digest = hash(padded, 'latin1');
    for (let at = 0; at < digestBytes; at += 1) second[blockBytes + at] = digest.charCodeAt(at);
    return hash(second, 'hex');
  };
}

function padsOf(key: Uint8Array): Pads {
  const pad = (byte: number): Uint8Array => {
    const block = new Uint8Array(blockBytes).fill(byte);
    for (const [at, value] of key.entries()) block[at] = value ^ byte;
    return block;
  };
  return { inner: pad(0x36), outer: pad(0x5c) };
}
