// A number that every transaction makes another one. It lies in LMDB's own table of tables, of which each
// transaction writes the same page anyway: so it costs no page, and a reader hardly anything.
import type { LmdbTables } from '../lmdb-tables.ts';

const stateKey = Buffer.from('state');
const stateBytes = 8;

/** Of the present view, from 1; undefined in a store that no transaction of this version has written yet. */
export function stateOf({ root }: LmdbTables): number | undefined {
  const bytes = root.getBinaryFast(stateKey);
  return bytes === undefined ? undefined : Number(bytes.readBigUInt64BE());
}

/** Within a batch, from a view that shows the batch before. */
export function putNextState(tables: LmdbTables): void {
  const bytes = Buffer.allocUnsafeSlow(stateBytes);
  bytes.writeBigUInt64BE(BigInt(stateOf(tables) ?? 0) + 1n);
  void tables.root.put(stateKey, bytes);
}
