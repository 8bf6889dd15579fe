// The journal: batches of commits, durable with one write each, until LMDB has them. A file of fixed size
// that was written once from end to end, so that a write changes nothing but its own blocks; records stand
// in it as in a ring, each at the beginning of a block, so that none rewrites what an acknowledged one needs.
import { constants, write } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nodeFileSystem } from '../disk/node-file-system.ts';
import {
  decodeRecord,
  type JournalRecord,
  recordBytes,
  recordHeadBytes,
} from './journal-record.ts';

/** Where the next record is to stand; which one it is. */
export interface JournalPlace {
  readonly sequence: number;
  readonly at: number;
}

export const journalStart: JournalPlace = { sequence: 1, at: 0 };

const { O_CREAT, O_DSYNC = 0, O_NOFOLLOW, O_RDWR } = constants;
export const journalBlockBytes = 4096;
/** A write that is durable when it returns; elsewhere it takes a second call. */
const writesThrough = process.platform === 'linux' && O_DSYNC !== 0;

interface Stretch {
  readonly sequence: number;
  readonly from: number;
}

export class Journal {
  readonly #file: FileHandle;
  readonly #bytes: number;
  /** Records that LMDB may not have yet, oldest first. */
  readonly #stretches: Stretch[] = [];
  #next: JournalPlace;

  private constructor(file: FileHandle, bytes: number, next: JournalPlace) {
    this.#file = file;
    this.#bytes = bytes;
    this.#next = next;
  }

  /**
   * Makes the file where it is missing. `records` are those that stand at `next` and behind it: LMDB has
   * none of them, and they are to be given to it before anything is read or appended.
   */
  static async open(
    path: string,
    bytes: number,
    next: JournalPlace,
  ): Promise<{ journal: Journal; records: JournalRecord[] }> {
    const through = writesThrough ? O_DSYNC : 0;
    const file = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW | through, 0o600);
    try {
      const { size } = await file.stat();
      const records = await readRecords(file, size, next);
      // Grown, never cut: what stands in it stays where it is.
      if (size < bytes) await fill(file, size, bytes);
      await file.sync();
      await nodeFileSystem.syncDirectory(dirname(path));
      const journal = new Journal(file, Math.max(size, bytes), next);
      for (const { bytes: length } of records) journal.#place(length);
      return { journal, records: records.map(({ record }) => record) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get next(): JournalPlace {
    return this.#next;
  }

  /** There is room for so many bytes now. */
  hasRoom(bytes: number): boolean {
    return this.#placeFor(bytes) !== undefined;
  }

  /** Resolves when the record, in whole blocks, with the next sequence, is durable. One at a time. */
  async append(record: Buffer): Promise<void> {
    const at = this.#placeFor(record.length);
    if (at === undefined) throw new Error('The journal has no room.');
    for (let done = 0; done < record.length; ) done += await this.#write(record, done, at + done);
    if (!writesThrough) await this.#file.datasync();
    this.#place(record.length);
  }

  /** By callback: half of what a promise of the file system costs. */
  #write(record: Buffer, from: number, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#file.fd, record, from, record.length - from, at, (error, written) => {
        if (error === null) resolve(written);
        else reject(error);
      });
    });
  }

  /** LMDB has this record and all before it. */
  release(sequence: number): void {
    while ((this.#stretches[0]?.sequence ?? Number.POSITIVE_INFINITY) <= sequence) {
      this.#stretches.shift();
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #place(bytes: number): void {
    const from = this.#placeFor(bytes) as number;
    const { sequence } = this.#next;
    this.#stretches.push({ sequence, from });
    this.#next = { sequence: sequence + 1, at: from + inBlocks(bytes) };
  }

  /** Behind the last record, or at the beginning where that has no room; never over one that is needed. */
  #placeFor(length: number): number | undefined {
    const bytes = inBlocks(length);
    const { at } = this.#next;
    const oldest = this.#stretches[0]?.from;
    const isWrapped = oldest !== undefined && oldest >= at;
    if (isWrapped) return at + bytes <= oldest ? at : undefined;
    if (at + bytes <= this.#bytes) return at;
    return bytes <= (oldest ?? this.#bytes) ? 0 : undefined;
  }
}

function inBlocks(bytes: number): number {
  return Math.ceil(bytes / journalBlockBytes) * journalBlockBytes;
}

async function fill(file: FileHandle, from: number, to: number): Promise<void> {
  const zeros = Buffer.alloc(1024 * 1024);
  for (let at = from; at < to; ) {
    at += (await file.write(zeros, 0, Math.min(zeros.length, to - at), at)).bytesWritten;
  }
}

async function readRecords(
  file: FileHandle,
  size: number,
  next: JournalPlace,
): Promise<{ record: JournalRecord; bytes: number }[]> {
  const found: { record: JournalRecord; bytes: number }[] = [];
  let { sequence, at } = next;
  for (;;) {
    let read = await readRecord(file, size, at, sequence);
    // Where there was no room for it, it stands at the beginning.
    if (read === undefined && at !== 0) {
      at = 0;
      read = await readRecord(file, size, at, sequence);
    }
    if (read === undefined) return found;
    found.push(read);
    sequence += 1;
    at += inBlocks(read.bytes);
  }
}

async function readRecord(
  file: FileHandle,
  size: number,
  at: number,
  sequence: number,
): Promise<{ record: JournalRecord; bytes: number } | undefined> {
  const head = await readBytes(file, at, Math.min(recordHeadBytes, size - at));
  const bytes = recordBytes(head);
  if (bytes === undefined || bytes > size - at) return undefined;
  const record = decodeRecord(await readBytes(file, at, bytes));
  return record?.sequence === sequence ? { record, bytes } : undefined;
}

async function readBytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, length));
  let read = 0;
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, at + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
