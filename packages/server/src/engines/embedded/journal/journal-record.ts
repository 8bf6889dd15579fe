// A record of the journal that earlier versions kept before LMDB: the writes of one batch, in final values.
// docs/formats/journal.md has the layout.
import { crc32 } from 'node:zlib';
import { ByteReader, FrameError } from '../metadata/byte-cursor.ts';
import type { Writes, WrittenCounter, WrittenRow } from '../metadata/writes.ts';

export interface JournalRecord {
  /** From 1, without a gap. */
  readonly sequence: number;
  /** The payload, whose checksum is right. Shares memory with what it was found in. */
  readonly payload: Buffer;
}

const headBytes = 20;
const checkedHeadBytes = 16;
const magic = 0x4f53_4b4a;

/** The whole record that these bytes begin with, whatever stands behind it; undefined = they begin with none. */
export function recordIn(bytes: Buffer): JournalRecord | undefined {
  if (bytes.length < headBytes || bytes.readUInt32BE(0) !== magic) return undefined;
  const end = headBytes + bytes.readUInt32BE(4);
  if (end > bytes.length) return undefined;
  const payload = bytes.subarray(headBytes, end);
  const checksum = crc32(payload, crc32(bytes.subarray(0, checkedHeadBytes)));
  if (bytes.readUInt32BE(checkedHeadBytes) !== checksum) return undefined;
  return { sequence: Number(bytes.readBigUInt64BE(8)), payload };
}

export function bytesOf({ payload }: JournalRecord): number {
  return headBytes + payload.length;
}

/** Shares memory with the record. Throws FrameError where it holds what this version does not understand. */
export function writesOf({ payload }: JournalRecord): Writes {
  const reader = new ByteReader(payload);
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
