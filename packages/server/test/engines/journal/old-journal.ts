// The journal as versions with folder format 2 wrote it, and a folder that one of them left: only tests make
// any of it now.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalPosition } from '../../../src/engines/embedded/journal/read-journal.ts';
import { ByteWriter } from '../../../src/engines/embedded/metadata/byte-cursor.ts';
import { storeInLmdb } from '../../../src/engines/embedded/metadata/lmdb-store.ts';
import { type LmdbTables, openTables } from '../../../src/engines/embedded/metadata/lmdb-tables.ts';
import type { Writes } from '../../../src/engines/embedded/metadata/writes.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

export const blockBytes = 4096;
export const fileBytes: number = 8 * 1024 * 1024;
const headBytes = 20;

/** As it lies in the file, without the zeros up to the end of its block. */
export function encodeRecord(sequence: number, writes: Writes): Buffer {
  const payload = payloadOf(writes);
  const record = Buffer.concat([Buffer.alloc(headBytes), payload]);
  record.write('OSKJ');
  record.writeUInt32BE(payload.length, 4);
  record.writeBigUInt64BE(BigInt(sequence), 8);
  return sealed(record);
}

/** With the checksum of what it says. */
export function sealed(record: Buffer): Buffer {
  record.writeUInt32BE(crc32(record.subarray(headBytes), crc32(record.subarray(0, 16))), 16);
  return record;
}

function payloadBytes({ rows, counters, stampsBelow }: Writes): number {
  let bytes = 4 + 4 + 1 + (stampsBelow === undefined ? 0 : 8);
  for (const { key, value } of rows) {
    bytes += 2 + key.length + 1 + (value === undefined ? 0 : 8 + 4 + value.length);
  }
  for (const { key, sums } of counters) bytes += 2 + key.length + 1 + 8 * sums.length;
  return bytes;
}

function payloadOf(writes: Writes): Buffer {
  const { rows, counters, stampsBelow } = writes;
  const writer = new ByteWriter(payloadBytes(writes));
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
  return writer.finish();
}

interface Stretch {
  readonly sequence: number;
  readonly from: number;
}

/** The ring: a record stands behind the last, or at the beginning, never over one that is needed. */
export class OldJournal {
  readonly image: Buffer = Buffer.alloc(fileBytes);
  readonly #stretches: Stretch[] = [];
  #next: JournalPosition;

  constructor(next: JournalPosition = { sequence: 1, at: 0 }) {
    this.#next = next;
  }

  get next(): JournalPosition {
    return this.#next;
  }

  /** Where a record of so many bytes would stand; undefined = LMDB has to take older ones first. */
  placeFor(length: number): number | undefined {
    const bytes = inBlocks(length);
    const { at } = this.#next;
    const oldest = this.#stretches[0]?.from;
    if (oldest !== undefined && oldest >= at) return at + bytes <= oldest ? at : undefined;
    if (at + bytes <= fileBytes) return at;
    return bytes <= (oldest ?? fileBytes) ? 0 : undefined;
  }

  /** False: there is no room. */
  append(writes: Writes): boolean {
    const record = encodeRecord(this.#next.sequence, writes);
    const at = this.placeFor(record.length);
    if (at === undefined) return false;
    this.image.fill(0, at, at + inBlocks(record.length));
    record.copy(this.image, at);
    const { sequence } = this.#next;
    this.#stretches.push({ sequence, from: at });
    this.#next = { sequence: sequence + 1, at: at + inBlocks(record.length) };
    return true;
  }

  /** Of the next record, only blocks with these numbers reach the disk: the power went. */
  tear(writes: Writes, blocks: (block: number) => boolean): void {
    const record = encodeRecord(this.#next.sequence, writes);
    const at = this.placeFor(record.length);
    if (at === undefined) return;
    for (let from = 0; from < record.length; from += blockBytes) {
      if (blocks(from / blockBytes)) record.copy(this.image, at + from, from, from + blockBytes);
    }
  }

  /** LMDB has all records before this one. */
  release(sequence: number): void {
    while ((this.#stretches[0]?.sequence ?? sequence) < sequence) this.#stretches.shift();
  }
}

function inBlocks(bytes: number): number {
  return Math.ceil(bytes / blockBytes) * blockBytes;
}

/** Under LMDB's key `journal`. */
export function encodePlace({ sequence, at }: JournalPosition): Buffer {
  const bytes = Buffer.allocUnsafeSlow(16);
  bytes.writeBigUInt64BE(BigInt(sequence));
  bytes.writeBigUInt64BE(BigInt(at), 8);
  return bytes;
}

const placeKey = Buffer.from('journal');

export function storedPlace({ engine }: LmdbTables): Buffer | undefined {
  return engine.get(placeKey);
}

/** A folder of a version with a journal, while that runs. */
export class OldFolder {
  readonly path: string;
  readonly journal: OldJournal;
  readonly #tables: LmdbTables;
  #pending: Writes[] = [];

  private constructor(path: string, tables: LmdbTables, journal: OldJournal) {
    this.path = path;
    this.#tables = tables;
    this.journal = journal;
  }

  /** In a folder that has one already, it goes on where LMDB says, in a new file. */
  static async open(path?: string): Promise<OldFolder> {
    const own = path ?? (await temporaryDirectory());
    const tables = await openTables(own, 'write');
    const stored = storedPlace(tables);
    const next = stored && {
      sequence: Number(stored.readBigUInt64BE()),
      at: Number(stored.readBigUInt64BE(8)),
    };
    return new OldFolder(own, tables, new OldJournal(next));
  }

  /** A small batch: acknowledged when the journal has it. */
  async small(writes: Writes): Promise<void> {
    if (!this.journal.append(writes)) {
      await this.move();
      this.journal.append(writes);
    }
    this.#pending.push(writes);
  }

  /** LMDB takes what the journal has, and a large batch behind it. */
  async move(large?: Writes): Promise<void> {
    const all = large === undefined ? this.#pending : [...this.#pending, large];
    const { next } = this.journal;
    const isNew = this.#pending.length > 0;
    await storeInLmdb(
      this.#tables,
      {
        rows: all.flatMap(({ rows }) => rows),
        counters: all.flatMap(({ counters }) => counters),
        stampsBelow: all.findLast(({ stampsBelow }) => stampsBelow !== undefined)?.stampsBelow,
      },
      () => {
        if (isNew) void this.#tables.engine.put(placeKey, encodePlace(next));
      },
    );
    this.#pending = [];
    this.journal.release(next.sequence);
  }

  /** The process is gone; what it left is in the folder. */
  async crash(): Promise<void> {
    await this.#tables.root.close();
    await writeFile(join(this.path, 'journal'), this.journal.image);
  }
}
