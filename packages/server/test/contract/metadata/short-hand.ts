// Short words for the checks: keys and values as text, and reads of one thing.

import type {
  Commit,
  Found,
  Key,
  Metadata,
  Outcome,
  Range,
  Row,
  Stamp,
  View,
} from '../../../src/core/ports/metadata.ts';
import { readRange, readRow } from '../../../src/core/ports/read-rows.ts';

export function key(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

export async function rowAt(metadata: Metadata, name: string): Promise<Row | null> {
  return await readRow(metadata, key(name));
}

export async function textAt(metadata: Metadata, name: string): Promise<string | null> {
  return (await rowAt(metadata, name))?.value.toString() ?? null;
}

/** A row that is known with this stamp. */
export async function readKnown(metadata: Metadata, row: Key, known: Stamp): Promise<Found> {
  return (await metadata.read({ keys: [{ key: row, known }] })).rows[0] ?? null;
}

export async function range(metadata: Metadata, asked: Range): Promise<readonly Row[]> {
  return await readRange(metadata, asked);
}

/** Keys and ranges in one view; nothing is known of the keys. */
export async function viewOf(
  metadata: Pick<Metadata, 'read'>,
  { keys, ranges = [] }: { readonly keys: readonly Key[]; readonly ranges?: readonly Range[] },
): Promise<{ readonly rows: readonly (Row | null)[]; readonly ranges: View['ranges'] }> {
  const view = await metadata.read({ keys: keys.map((each) => ({ key: each })), ranges });
  const rows = view.rows.map((found) => {
    if (found === 'unchanged') throw new Error('a row that nobody knew is unchanged');
    return found;
  });
  return { rows, ranges: view.ranges };
}

export async function keysIn(
  metadata: Metadata,
  from: string,
  to: string,
  options: { limit?: number; reverse?: boolean } = {},
): Promise<string[]> {
  const { limit = 1_000, reverse = false } = options;
  const rows = await range(metadata, { from: key(from), to: key(to), limit, reverse });
  return rows.map((row) => row.key.toString());
}

export function set(name: string, text = 'value'): { key: Buffer; value: Buffer } {
  return { key: key(name), value: Buffer.from(text) };
}

/** Commits what must succeed. */
export async function done(metadata: Metadata, commit: Commit): Promise<Stamp> {
  return stampOf(await metadata.commit(commit));
}

export function stampOf(outcome: Outcome | undefined): Stamp {
  if (outcome?.ok === true) return outcome.stamp;
  throw new Error(`a commit conflicts at ${outcome?.conflict.toString('latin1')}`);
}
