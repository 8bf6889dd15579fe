// Rows in byte order: a sorted array with binary search. The order is Buffer.compare, because
// JavaScript's string order (UTF-16) differs from UTF-8 order beyond U+FFFF (metadata model §2).
import type { Key, Range, Row } from '../../core/ports/metadata.ts';
import { behind, groupOf } from '../groups.ts';

export class OrderedRows {
  readonly #rows: Row[] = [];

  get(key: Key): Row | undefined {
    const row = this.#rows[this.#lowerBound(key)];
    return row?.key.equals(key) ? row : undefined;
  }

  set(row: Row): void {
    const at = this.#lowerBound(row.key);
    const isPresent = this.#rows[at]?.key.equals(row.key) ?? false;
    this.#rows.splice(at, isPresent ? 1 : 0, row);
  }

  delete(key: Key): void {
    const at = this.#lowerBound(key);
    if (this.#rows[at]?.key.equals(key)) this.#rows.splice(at, 1);
  }

  /** Of each group that is rolled up, the first row. */
  range({ from, to, limit, reverse = false, rollUp }: Range): Row[] {
    const first = this.#lowerBound(from);
    const end = Math.max(first, this.#lowerBound(to));
    if (reverse) return this.#rows.slice(Math.max(first, end - limit), end).reverse();
    if (rollUp === undefined) return this.#rows.slice(first, Math.min(end, first + limit));
    const found: Row[] = [];
    for (let at = first; at < end && found.length < limit; ) {
      const row = this.#rows[at] as Row;
      found.push(row);
      const group = groupOf(row.key, rollUp);
      const next = group === undefined ? undefined : behind(group);
      if (group === undefined) at += 1;
      else at = next === undefined ? end : this.#lowerBound(next);
    }
    return found;
  }

  /** Index of the first row whose key is not below `key`. */
  #lowerBound(key: Key): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle];
      if (row !== undefined && Buffer.compare(row.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
