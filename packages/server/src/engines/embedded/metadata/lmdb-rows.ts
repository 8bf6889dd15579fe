// Rows and counters as LMDB's present view shows them.
import type { Bytes, Key, Range, RollUp, Row } from '../../../core/ports/metadata.ts';
import { behind, groupOf, isIn } from '../../groups.ts';
import type { LmdbTables, Table } from './lmdb-tables.ts';
import { decodeCounter, decodePayload, decodeStamp } from './row-value.ts';

/** One view, as long as the turn lasts. Rows belong to who asks. */
export class LmdbRows {
  readonly #rows: Table;
  readonly #counters: Table;

  constructor({ rows, counters }: LmdbTables) {
    this.#rows = rows;
    this.#counters = counters;
  }

  row(key: Key): Row | null {
    const bytes = this.#rows.get(key);
    return bytes === undefined ? null : decodeRow(Buffer.from(key), bytes);
  }

  /** In order; whoever stops early costs nothing more. */
  *rowsIn(range: Pick<Range, 'from' | 'to'>): Iterable<Row> {
    if (Buffer.compare(range.from, range.to) >= 0) return;
    for (const { key, value } of this.#rows.getRange(lmdbRange(range))) yield decodeRow(key, value);
  }

  range(range: Range): Row[] {
    const { limit, rollUp } = range;
    if (rollUp !== undefined) return this.#rolledUp(range, rollUp);
    if (limit === 0 || Buffer.compare(range.from, range.to) >= 0) return [];
    const found: Row[] = [];
    for (const { key, value } of this.#rows.getRange({ ...lmdbRange(range), limit })) {
      found.push(decodeRow(key, value));
    }
    return found;
  }

  /** Of each group the first row. */
  #rolledUp({ from, to, limit }: Range, rollUp: RollUp): Row[] {
    const found: Row[] = [];
    const steps = new Steps();
    let next: Key | undefined = from;
    while (next !== undefined && found.length < limit) {
      const start: Key = next;
      next = undefined;
      let group: Bytes | undefined;
      for (const row of this.rowsIn({ from: start, to })) {
        if (group !== undefined && isIn(group, row.key)) {
          if (steps.isEnough()) {
            next = behind(group);
            break;
          }
          continue;
        }
        if (group !== undefined) steps.passed();
        found.push(row);
        if (found.length === limit) break;
        group = groupOf(row.key, rollUp);
      }
    }
    return found;
  }

  counter(key: Key): bigint[] {
    return decodeCounter(this.#counters.get(key));
  }
}

/** To look for the end of a group costs about as much as so many steps. */
const stepsMax = 4;

/**
 * How many rows of a group are stepped over before its end is looked for: with large groups soon one, with
 * small ones as many as it takes.
 */
class Steps {
  #allowed = stepsMax;
  #taken = 0;

  /** One more row of the group was met. */
  isEnough(): boolean {
    this.#taken += 1;
    if (this.#taken < this.#allowed) return false;
    this.#taken = 0;
    this.#allowed = Math.max(1, this.#allowed >> 1);
    return true;
  }

  /** The group ended by itself. */
  passed(): void {
    this.#taken = 0;
    this.#allowed = Math.min(stepsMax, this.#allowed + 1);
  }
}

function lmdbRange({ from, to, reverse = false }: Pick<Range, 'from' | 'to' | 'reverse'>) {
  if (!reverse) return { start: from, end: to };
  return { start: to, exclusiveStart: true, end: from, inclusiveEnd: true, reverse };
}

/** LMDB hands out copies of its own; the key of a single read is the caller's and is copied. */
function decodeRow(key: Key, bytes: Buffer): Row {
  return { key, stamp: decodeStamp(bytes), value: decodePayload(bytes) };
}
