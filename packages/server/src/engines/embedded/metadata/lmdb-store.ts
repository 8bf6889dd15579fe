// Stores writes in LMDB: one transaction, and two flushes, of its pages and of its root.
import type { LmdbTables } from './lmdb-tables.ts';
import { putWrites, type Writes } from './writes.ts';

/**
 * Resolves when they are durable and every view shows them. One at a time. `also` puts what else belongs to
 * the same transaction.
 */
export async function storeInLmdb(
  tables: LmdbTables,
  writes: Writes,
  also?: () => void,
): Promise<void> {
  const { root } = tables;
  try {
    await root.batch(() => {
      putWrites(tables, writes);
      also?.();
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
