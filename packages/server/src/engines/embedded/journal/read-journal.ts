// What the journal of an earlier version holds that LMDB does not, or what is wrong with it. What a crash may
// leave and what only damage does, is decided in docs/formats/journal.md.
import { FrameError } from '../metadata/byte-cursor.ts';
import type { Writes } from '../metadata/writes.ts';
import { bytesOf, type JournalRecord, recordIn, writesOf } from './journal-record.ts';

/** Which record comes next, and where in the file it is to stand. */
export interface JournalPosition {
  readonly sequence: number;
  readonly at: number;
}

/** Where the first record of a folder stands. */
const journalStart: JournalPosition = { sequence: 1, at: 0 };

/** What was acknowledged may be lost: nothing of the journal may be used as if it were whole. */
export class JournalDamageError extends Error {
  override readonly name = 'JournalDamageError';
}

export interface Unstored {
  /** Of each record, oldest first; made again in this order they leave what they left at first. */
  readonly writes: readonly Writes[];
  /** Behind the last of them. */
  readonly next: JournalPosition;
}

const blockBytes = 4096;
/** The file was written from end to end before its first record, and never cut. */
const fileBytesMin = 8 * 1024 * 1024;

/**
 * `position`: the first record that LMDB does not have; undefined = it has none at all. `isDrained`: what was
 * before the position was taken away together with its file. Throws JournalDamageError.
 */
export function unstoredIn(
  file: Buffer,
  position: JournalPosition | undefined,
  isDrained: boolean,
): Unstored {
  const first = position ?? journalStart;
  const records = recordsIn(file);
  const wasWhole = records.size > 0 || (position !== undefined && !isDrained);
  if (file.length < fileBytesMin && wasWhole) {
    throw new JournalDamageError(`it was cut: ${file.length} bytes are left`);
  }
  const found: JournalRecord[] = [];
  let next = first;
  for (;;) {
    // Where there was no room for it, it stands at the beginning.
    const at = [next.at, 0].find((each) => records.get(each)?.sequence === next.sequence);
    const record = at === undefined ? undefined : records.get(at);
    if (at === undefined || record === undefined) break;
    found.push(record);
    next = { sequence: next.sequence + 1, at: at + inBlocks(bytesOf(record)) };
  }
  const sequences = [...records.values()].map(({ sequence }) => sequence);
  // Each that waits takes a block at least. What says that it is further on are bytes of some value, which stand
  // where the head of an old record is gone; but before the first record of a folder there are no old ones.
  const end = next.sequence === 1 ? Infinity : next.sequence + file.length / blockBytes;
  if (sequences.some((sequence) => sequence >= next.sequence && sequence < end)) {
    throw new JournalDamageError(`record ${next.sequence} is gone, and there are later ones`);
  }
  const last = first.sequence - 1;
  if (found.length === 0 && last > 0 && !isDrained && !sequences.includes(last)) {
    throw new JournalDamageError(`record ${last} is gone, the last that was moved on from it`);
  }
  return { writes: found.map(understood), next };
}

/**
 * All whole records by their places, old ones too. What stands inside of one is part of its values, unless a newer
 * record stands over its head.
 */
function recordsIn(file: Buffer): Map<number, JournalRecord> {
  const records = new Map<number, JournalRecord>();
  for (let at = 0; at < file.length; ) {
    const record = recordIn(file.subarray(at));
    if (record !== undefined) records.set(at, record);
    at += record === undefined ? blockBytes : inBlocks(bytesOf(record));
  }
  return records;
}

function understood(record: JournalRecord): Writes {
  try {
    return writesOf(record);
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    throw new JournalDamageError(`record ${record.sequence} says what nobody understands`, {
      cause: error,
    });
  }
}

function inBlocks(bytes: number): number {
  return Math.ceil(bytes / blockBytes) * blockBytes;
}
