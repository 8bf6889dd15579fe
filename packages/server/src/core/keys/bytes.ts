// Byte-level pieces of metadata keys: fixed-width big-endian integers, so that byte order is order.

const u32Size = 0x1_0000_0000;
const u32Max = 0xffff_ffff;

/** Writes a whole number below 2^53 as 8 bytes. */
export function writeU64(target: Buffer, value: number, offset: number): void {
  target.writeUInt32BE(Math.floor(value / u32Size), offset);
  target.writeUInt32BE(value % u32Size, offset + 4);
}

export function readU64(source: Buffer, offset: number): number {
  const value = source.readUInt32BE(offset) * u32Size + source.readUInt32BE(offset + 4);
  if (!Number.isSafeInteger(value)) throw new RangeError(`stored number beyond 2^53: ${value}`);
  return value;
}

/** Writes 2^64 - 1 - value: larger values sort first, so the newest version leads. */
export function writeInvertedU64(target: Buffer, value: number, offset: number): void {
  target.writeUInt32BE(u32Max - Math.floor(value / u32Size), offset);
  target.writeUInt32BE(u32Max - (value % u32Size), offset + 4);
}

/** A tag byte followed by the parts. */
export function tagged(tagByte: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 1;
  for (const part of parts) length += part.length;
  const key = Buffer.allocUnsafe(length);
  key[0] = tagByte;
  let at = 1;
  for (const part of parts) {
    key.set(part, at);
    at += part.length;
  }
  return key;
}

/** The smallest key greater than every key that starts with `prefix` (which starts with a tag). */
export function prefixEnd(prefix: Uint8Array): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) throw new RangeError('a prefix of 0xff bytes has no end');
  const end = Buffer.from(prefix.subarray(0, length));
  end[length - 1] = end.readUInt8(length - 1) + 1;
  return end;
}
