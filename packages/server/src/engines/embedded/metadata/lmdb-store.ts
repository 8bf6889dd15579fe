// Stores writes in LMDB: one transaction, and two flushes, of its pages and of its root.
import type { JournalPlace } from '../journal/journal.ts';
import type { LmdbTables } from './lmdb-tables.ts';
import { putNextState } from './stamps/lmdb-state.ts';
import { putWrites, type Writes } from './writes.ts';

const placeKey = Buffer.from('journal');

/**
 * Resolves when they are durable and every view shows them. One at a time. `place`: with them, LMDB has all
 * records of the journal before it.
 */
export async function storeInLmdb(
  tables: LmdbTables,
  writes: Writes,
  place?: JournalPlace,
): Promise<void> {
  const { root } = tables;
  try {
    await root.batch(() => {
      putNextState(tables);
      putWrites(tables, writes);
      if (place !== undefined) void tables.engine.put(placeKey, encodePlace(place));
    });
    // Nobody else writes: until the next batch, the view that begins here stays true.
    root.resetReadTxn();
  } catch (error) {
    // The cause travels as a rejected promise of its own; unheard, it would end the process.
    const { commitError } = error as { commitError?: Promise<never> };
    const cause = await commitError?.catch((reason: unknown) => reason);
    throw new Error('The metadata could not be written to the disk.', { cause: cause ?? error });
  }
}

/** Where the first record stands that LMDB does not have; undefined = there never was a journal. */
export function storedPlace({ engine }: LmdbTables): JournalPlace | undefined {
  const bytes = engine.get(placeKey);
  if (bytes === undefined) return undefined;
  return { sequence: Number(bytes.readBigUInt64BE()), at: Number(bytes.readBigUInt64BE(8)) };
}

function encodePlace({ sequence, at }: JournalPlace): Buffer {
  const bytes = Buffer.allocUnsafeSlow(16);
  bytes.writeBigUInt64BE(BigInt(sequence));
  bytes.writeBigUInt64BE(BigInt(at), 8);
  return bytes;
}
