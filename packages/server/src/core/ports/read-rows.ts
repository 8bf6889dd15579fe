// Short words for reads of one thing, and for reads of which nothing is known before.
import type { Found, Key, Metadata, Range, Row } from './metadata.ts';

type Reads = Pick<Metadata, 'read'>;

export async function readRow(metadata: Reads, key: Key): Promise<Row | null> {
  return plainRow((await metadata.read({ keys: [{ key }] })).rows[0]);
}

/** One view, in the order of the keys; null = absent. */
export async function readRows(
  metadata: Reads,
  keys: readonly Key[],
): Promise<readonly (Row | null)[]> {
  return (await metadata.read({ keys: keys.map((key) => ({ key })) })).rows.map(plainRow);
}

export async function readRange(metadata: Reads, range: Range): Promise<readonly Row[]> {
  return (await metadata.read({ ranges: [range] })).ranges[0] ?? [];
}

/** All rows of a range, `limit` at a time, each page as of when it is asked for; `between` runs before the next. */
export async function* pagesOf(
  metadata: Reads,
  range: Range,
  between?: () => Promise<void>,
): AsyncGenerator<readonly Row[]> {
  let { from } = range;
  for (;;) {
    const rows = await readRange(metadata, { ...range, from });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < range.limit) return;
    await between?.();
    from = keyAfter(last.key);
  }
}

/** The smallest key greater than `key` itself: where a read goes on behind a row. */
export function keyAfter(key: Uint8Array): Buffer {
  const next = Buffer.alloc(key.length + 1);
  next.set(key);
  return next;
}

/** What was found of a row of which nothing was known. */
export function plainRow(found: Found | undefined): Row | null {
  if (found === 'unchanged') throw new Error('A row that nobody knew was called unchanged.');
  return found ?? null;
}
