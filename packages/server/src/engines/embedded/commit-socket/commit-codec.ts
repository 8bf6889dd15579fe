// Commits and their outcomes as bytes.
//
//   commit    u16 checks   {key, u8 1 + u64 stamp | u8 0 for absent}
//             u16 empties  {from, to}
//             u16 sets     {key, u32 length, value}
//             u16 deletions {key}
//             u16 additions {key, u8 numbers, i64 each}
//   outcome   u8 0, u64 stamp                                made
//             u8 1, key                                      conflict with an absence
//             u8 2, key, u64 stamp, u32 length, value        conflict with this row
//
// A key is u16 length and bytes. Lists that a commit leaves out come back empty: they mean the same.
import type { Commit, Key, Outcome } from '../../../core/ports/metadata.ts';
import { type ByteReader, type ByteWriter, FrameError } from '../metadata/byte-cursor.ts';

const absent = 0;
const present = 1;
const tag = { made: 0, conflict: 1, conflictWithRow: 2 } as const;
const countBytes = 2;
const stampBytes = 8;
const listsOfCommit = 5;

function keyBytes(key: Key): number {
  return countBytes + key.length;
}

export function commitBytes({
  check = [],
  empty = [],
  set = [],
  del = [],
  add = [],
}: Commit): number {
  let bytes = listsOfCommit * countBytes;
  for (const { key, stamp } of check)
    bytes += keyBytes(key) + 1 + (stamp === null ? 0 : stampBytes);
  for (const { from, to } of empty) bytes += keyBytes(from) + keyBytes(to);
  for (const { key, value } of set) bytes += keyBytes(key) + 4 + value.length;
  for (const key of del) bytes += keyBytes(key);
  for (const { key, deltas } of add) bytes += keyBytes(key) + 1 + deltas.length * 8;
  return bytes;
}

export function writeCommit(
  writer: ByteWriter,
  { check = [], empty = [], set = [], del = [], add = [] }: Commit,
): void {
  writer.u16(check.length);
  for (const { key, stamp } of check) {
    writer.short(key);
    writer.u8(stamp === null ? absent : present);
    if (stamp !== null) writer.u64(stamp);
  }
  writer.u16(empty.length);
  for (const { from, to } of empty) {
    writer.short(from);
    writer.short(to);
  }
  writer.u16(set.length);
  for (const { key, value } of set) {
    writer.short(key);
    writer.long(value);
  }
  writer.u16(del.length);
  for (const key of del) writer.short(key);
  writer.u16(add.length);
  for (const { key, deltas } of add) {
    writer.short(key);
    writer.u8(deltas.length);
    for (const delta of deltas) writer.i64(delta);
  }
}

export function readCommit(reader: ByteReader): Required<Commit> {
  return {
    check: list(reader, () => ({ key: reader.short(), stamp: readStamp(reader) })),
    empty: list(reader, () => ({ from: reader.short(), to: reader.short() })),
    set: list(reader, () => ({ key: reader.short(), value: reader.long() })),
    del: list(reader, () => reader.short()),
    add: list(reader, () => {
      const key = reader.short();
      return { key, deltas: Array.from({ length: reader.u8() }, () => reader.i64()) };
    }),
  };
}

function readStamp(reader: ByteReader): bigint | null {
  const is = reader.u8();
  if (is === present) return reader.u64();
  if (is !== absent) throw new FrameError(`A check says ${is} where its row is present or absent.`);
  return null;
}

function list<Item>(reader: ByteReader, item: () => Item): Item[] {
  const count = reader.u16();
  const items: Item[] = [];
  for (let index = 0; index < count; index += 1) items.push(item());
  return items;
}

export function outcomeBytes(outcome: Outcome): number {
  if (outcome.ok) return 1 + stampBytes;
  const { conflict, row } = outcome;
  return 1 + keyBytes(conflict) + (row === null ? 0 : stampBytes + 4 + row.value.length);
}

/** The key of a conflict's row is the conflict's own. */
export function writeOutcome(writer: ByteWriter, outcome: Outcome): void {
  if (outcome.ok) {
    writer.u8(tag.made);
    writer.u64(outcome.stamp);
    return;
  }
  const { conflict, row } = outcome;
  writer.u8(row === null ? tag.conflict : tag.conflictWithRow);
  writer.short(conflict);
  if (row === null) return;
  writer.u64(row.stamp);
  writer.long(row.value);
}

export function readOutcome(reader: ByteReader): Outcome {
  const is = reader.u8();
  if (is === tag.made) return { ok: true, stamp: reader.u64() };
  const conflict = reader.short();
  if (is === tag.conflict) return { ok: false, conflict, row: null };
  if (is !== tag.conflictWithRow) throw new FrameError(`There is no outcome of kind ${is}.`);
  const row = { key: Buffer.from(conflict), stamp: reader.u64(), value: reader.long() };
  return { ok: false, conflict, row };
}
