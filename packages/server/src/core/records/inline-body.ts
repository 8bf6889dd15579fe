// A small body stored in a row of its own (D): format, CRC-32 of the bytes, bytes. The checksum is
// checked at every read (durability contract D9).
import { crc32 } from 'node:zlib';
import { BlobCorruptError } from '../ports/blobs.ts';
import { checkFormat } from './format.ts';

const format = 1;
export const inlineBodyOverhead = 5;

/** Fills in the head of a value whose bytes already stand behind it. */
export function sealInlineBody(value: Buffer): Buffer {
  value[0] = format;
  value.writeUInt32BE(crc32(value.subarray(inlineBodyOverhead)), 1);
  return value;
}

export function inlineBodyBytes(value: Buffer): Buffer {
  checkFormat('inline body', value, format, inlineBodyOverhead);
  const bytes = value.subarray(inlineBodyOverhead);
  if (crc32(bytes) !== value.readUInt32BE(1)) {
    throw new BlobCorruptError('A stored inline body does not match its checksum.');
  }
  return bytes;
}
