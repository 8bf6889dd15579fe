// A blob file: data in chunks of 64 KiB, then the CRC-32 of each chunk (big-endian), then a footer.
// Documented in docs/formats/blobs.md. Checksums follow the data because its length is not known first.
import { crc32 } from 'node:zlib';
import { BlobCorruptError } from '../../core/ports/blobs.ts';

export const chunkBytes = 65_536;
export const crcBytes = 4;
export const footerBytes = 32;

const magic = Buffer.from('OSSKBLOB');
const version = 1;
const at = { magic: 0, version: 8, chunk: 12, length: 16, check: 28 } as const;

export function chunkCount(length: number): number {
  return Math.ceil(length / chunkBytes);
}

export function fileBytes(length: number): number {
  return length + chunkCount(length) * crcBytes + footerBytes;
}

/** The CRC of every chunk and the footer: what stands behind the data. */
export function encodeTrailer(length: number, crcs: readonly number[]): Buffer {
  const trailer = Buffer.alloc(crcs.length * crcBytes + footerBytes);
  crcs.forEach((crc, index) => {
    trailer.writeUInt32BE(crc, index * crcBytes);
  });
  const footer = trailer.subarray(crcs.length * crcBytes);
  magic.copy(footer, at.magic);
  footer.writeUInt32BE(version, at.version);
  footer.writeUInt32BE(chunkBytes, at.chunk);
  footer.writeBigUInt64BE(BigInt(length), at.length);
  footer.writeUInt32BE(crc32(footer.subarray(0, at.check)), at.check);
  return trailer;
}

/** Length of the data. Throws BlobCorruptError when the footer does not fit itself or the file. */
export function decodeFooter(footer: Buffer, fileSize: number): number {
  const isWhole =
    footer.length === footerBytes &&
    footer.subarray(0, magic.length).equals(magic) &&
    footer.readUInt32BE(at.check) === crc32(footer.subarray(0, at.check));
  if (!isWhole) throw new BlobCorruptError('A blob has no valid footer.');
  if (footer.readUInt32BE(at.version) !== version || footer.readUInt32BE(at.chunk) !== chunkBytes) {
    throw new BlobCorruptError('A blob has a format that this version does not know.');
  }
  const length = Number(footer.readBigUInt64BE(at.length));
  if (fileBytes(length) !== fileSize) {
    throw new BlobCorruptError(`A blob has ${fileSize} bytes where ${fileBytes(length)} belong.`);
  }
  return length;
}
