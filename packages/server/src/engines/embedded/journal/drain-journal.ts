// Gives LMDB what only the journal of an earlier version has. LMDB's table `engine` says how far it has got:
// under `journal`, the position of the first record that it lacks, and behind it a byte more once that is all.

import { storeInLmdb } from '../metadata/lmdb-store.ts';
import type { LmdbTables } from '../metadata/lmdb-tables.ts';
import type { Writes } from '../metadata/writes.ts';
import { JournalDamageError, type JournalPosition, unstoredIn } from './read-journal.ts';

const positionKey = Buffer.from('journal');
const positionBytes = 16;

interface StoredPosition {
  /** undefined = LMDB never took anything from a journal. */
  readonly position: JournalPosition | undefined;
  /** Everything before the position has been drained, and the file may be gone. */
  readonly isDrained: boolean;
}

/**
 * `file`: the journal's bytes; undefined = there is none. Resolves when LMDB has everything of it, and knows
 * that the file may go. Throws JournalDamageError, and then nothing has been written.
 */
export async function drainJournal(tables: LmdbTables, file: Buffer | undefined): Promise<void> {
  const { position, isDrained } = storedPosition(tables);
  if (file === undefined) {
    if (position === undefined || isDrained) return;
    throw new JournalDamageError('it is gone');
  }
  // Whoever puts an empty file there gives up what the journal had.
  const isGivenUp = file.length === 0;
  const { writes, next } = isGivenUp
    ? { writes: [], next: position }
    : unstoredIn(file, position, isDrained);
  if (next === undefined) return;
  await storeInLmdb(tables, inOrder(writes), () => {
    void tables.engine.put(positionKey, encodeDrained(next));
  });
}

/** The same as one after the other. */
function inOrder(all: readonly Writes[]): Writes {
  return {
    rows: all.flatMap(({ rows }) => rows),
    counters: all.flatMap(({ counters }) => counters),
    stampsBelow: all.findLast(({ stampsBelow }) => stampsBelow !== undefined)?.stampsBelow,
  };
}

function storedPosition({ engine }: LmdbTables): StoredPosition {
  const bytes = engine.get(positionKey);
  if (bytes === undefined) return { position: undefined, isDrained: false };
  const position = {
    sequence: Number(bytes.readBigUInt64BE()),
    at: Number(bytes.readBigUInt64BE(8)),
  };
  return { position, isDrained: bytes.length > positionBytes };
}

/** The position as earlier versions wrote and read it, which go on from it with a new file, and a byte more. */
function encodeDrained({ sequence, at }: JournalPosition): Buffer {
  const bytes = Buffer.allocUnsafeSlow(positionBytes + 1);
  bytes.writeBigUInt64BE(BigInt(sequence));
  bytes.writeBigUInt64BE(BigInt(at), 8);
  bytes[positionBytes] = 1;
  return bytes;
}
