// Where bytes live that are kept for long.

/** The same bytes, to be kept for long: small buffers are pieces of a pool that each of them keeps. */
export function inOwnMemory(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
