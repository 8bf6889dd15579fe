// A blob file: data in chunks of 64 KiB, then the CRC-32 of each chunk, then a footer; integers are
// big-endian. The checksums follow the data because its length is not known when writing begins.
//
//   data        length bytes
//   checksums   4 bytes a chunk
//   footer      magic 8, version 4, chunk size 4, length 8, zero 4, check 4
//
// The footer's check is a CRC-32 over the blob's id and the footer before it, so that a file that
// lies under another blob's name is noticed too.
import type { BlobId } from '../../../core/ports/blob-id.ts';
import { BlobCorruptError } from '../../../core/ports/blobs.ts';
import { crc32 } from './crc32.ts';

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

/** Where the checksum of a chunk stands in the file of a blob of `length` bytes. */
export function crcPosition(length: number, chunk: number): number {
  return length + chunk * crcBytes;
}

/** The CRC of every chunk and the footer: what stands behind the data. */
export function encodeTrailer(id: BlobId, length: number, crcs: readonly number[]): Buffer {
  const trailer = Buffer.alloc(crcs.length * crcBytes + footerBytes);
  crcs.forEach((crc, index) => {
    trailer.writeUInt32BE(crc, index * crcBytes);
  });
  const footer = trailer.subarray(crcs.length * crcBytes);
  magic.copy(footer, at.magic);
  footer.writeUInt32BE(version, at.version);
  footer.writeUInt32BE(chunkBytes, at.chunk);
  footer.writeBigUInt64BE(BigInt(length), at.length);
  footer.writeUInt32BE(footerCheck(id, footer), at.check);
  return trailer;
}

/** Length of the data. Throws BlobCorruptError when the footer does not fit itself or the file. */
export function decodeFooter(id: BlobId, footer: Buffer, fileSize: number): number {
  if (!isFooterOf(id, footer)) throw new BlobCorruptError('A blob has no valid footer.');
  if (footer.readUInt32BE(at.version) !== version || footer.readUInt32BE(at.chunk) !== chunkBytes) {
    throw new BlobCorruptError('A blob has a format that this version does not know.');
  }
  const length = Number(footer.readBigUInt64BE(at.length));
  if (fileBytes(length) !== fileSize) {
    throw new BlobCorruptError(`A blob has ${fileSize} bytes where ${fileBytes(length)} belong.`);
  }
  return length;
}

export function isFooterOf(id: BlobId, footer: Buffer): boolean {
  return (
    footer.length === footerBytes &&
    footer.subarray(0, magic.length).equals(magic) &&
    footer.readUInt32BE(at.check) === footerCheck(id, footer)
  );
}

function footerCheck(id: BlobId, footer: Buffer): number {
  return crc32(footer.subarray(0, at.check), crc32(id));
}
