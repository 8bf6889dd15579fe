// A record of the journal: the writes of one batch, in final values.
//
//   u32 'OSKJ', u32 bytes of the payload, u64 sequence, u32 CRC-32 of all before it and of the payload
//   payload   u32 rows      {u16 length, key, u8 1, u64 stamp, u32 length, value | u8 0 for removed}
//             u32 counters  {u16 length, key, u8 numbers, i64 each}
//             u8 1, u64 stamps below it are taken | u8 0
//
// All integers are big-endian.
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, FrameError } from '../metadata/byte-cursor.ts';
import type { Writes, WrittenCounter, WrittenRow } from '../metadata/writes.ts';

export interface JournalRecord {
  /** From 1, without a gap. */
  readonly sequence: number;
  readonly writes: Writes;
}

export const recordHeadBytes = 20;
const magic = 0x4f53_4b4a;
const checkedHeadBytes = 16;

/** In memory of its own, zeros behind it up to a multiple of `blockBytes`. */
export function encodeRecord({ sequence, writes }: JournalRecord, blockBytes = 1): Buffer {
  const length = recordHeadBytes + payloadBytes(writes);
  const blocks = Buffer.allocUnsafeSlow(Math.ceil(length / blockBytes) * blockBytes).fill(
    0,
    length,
  );
  const record = blocks.subarray(0, length);
  record.writeUInt32BE(magic, 0);
  record.writeUInt32BE(length - recordHeadBytes, 4);
  record.writeBigUInt64BE(BigInt(sequence), 8);
  writePayload(new ByteWriter(record.subarray(recordHeadBytes)), writes);
  record.writeUInt32BE(checksumOf(record), checkedHeadBytes);
  return blocks;
}

/** Bytes of the record that begins here, by its head; undefined = none does. */
export function recordBytes(head: Buffer): number | undefined {
  if (head.length < recordHeadBytes || head.readUInt32BE(0) !== magic) return undefined;
  return recordHeadBytes + head.readUInt32BE(4);
}

/**
 * Shares memory with the bytes; what stands behind the record is not looked at. undefined = they begin with
 * no whole one. Throws FrameError for one that this version does not understand.
 */
export function decodeRecord(bytes: Buffer): JournalRecord | undefined {
  const length = recordBytes(bytes);
  if (length === undefined || length > bytes.length) return undefined;
  const record = bytes.subarray(0, length);
  if (record.readUInt32BE(checkedHeadBytes) !== checksumOf(record)) return undefined;
  return { sequence: Number(record.readBigUInt64BE(8)), writes: writesOf(record) };
}

/** Of a record that is known to be good; shares its memory. */
export function writesOf(bytes: Buffer): Writes {
  return readPayload(new ByteReader(bytes.subarray(recordHeadBytes, recordBytes(bytes))));
}

function checksumOf(record: Buffer): number {
  return crc32(record.subarray(recordHeadBytes), crc32(record.subarray(0, checkedHeadBytes)));
}

function payloadBytes({ rows, counters, stampsBelow }: Writes): number {
  let bytes = 4 + 4 + 1 + (stampsBelow === undefined ? 0 : 8);
  for (const { key, value } of rows) {
    bytes += 2 + key.length + 1 + (value === undefined ? 0 : 8 + 4 + value.length);
  }
  for (const { key, sums } of counters) bytes += 2 + key.length + 1 + 8 * sums.length;
  return bytes;
}

function writePayload(writer: ByteWriter, { rows, counters, stampsBelow }: Writes): void {
  writer.u32(rows.length);
  for (const { key, stamp, value } of rows) {
    writer.short(key);
    writer.u8(value === undefined ? 0 : 1);
    if (value === undefined) continue;
    writer.u64(stamp);
    writer.long(value);
  }
  writer.u32(counters.length);
  for (const { key, sums } of counters) {
    writer.short(key);
    writer.u8(sums.length);
    for (const sum of sums) writer.i64(sum);
  }
  writer.u8(stampsBelow === undefined ? 0 : 1);
  if (stampsBelow !== undefined) writer.u64(stampsBelow);
  writer.finish();
}

function readPayload(reader: ByteReader): Writes {
  const rows: WrittenRow[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) {
    const key = reader.short();
    rows.push(
      isThere(reader)
        ? { key, stamp: reader.u64(), value: reader.long() }
        : { key, stamp: 0n, value: undefined },
    );
  }
  const counters: WrittenCounter[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) {
    const key = reader.short();
    counters.push({ key, sums: Array.from({ length: reader.u8() }, () => reader.i64()) });
  }
  const stampsBelow = isThere(reader) ? reader.u64() : undefined;
  reader.finish();
  return { rows, counters, stampsBelow };
}

function isThere(reader: ByteReader): boolean {
  const tag = reader.u8();
  if (tag > 1) throw new FrameError('A record of the journal has a part of an unknown kind.');
  return tag === 1;
}
