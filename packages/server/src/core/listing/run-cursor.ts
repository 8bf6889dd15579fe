// Rows that were read of one run, and how far they were taken.
import type { Row } from '../ports/metadata.ts';
import type { Run } from './listing.ts';

export class RunCursor<Item, Place> {
  readonly #run: Run<Item, Place>;
  readonly #rows: readonly Row[];
  readonly #isEnd: boolean;
  #at = -1;
  #item: Item | undefined;
  /** Of the row that is next; undefined behind the last. */
  key: Buffer | undefined;

  /** `isEnd`: the run has nothing behind these rows. */
  constructor(run: Run<Item, Place>, rows: readonly Row[], isEnd: boolean) {
    this.#run = run;
    this.#rows = rows;
    this.#isEnd = isEnd;
    this.step();
  }

  step(): void {
    this.#at += 1;
    this.#item = undefined;
    this.key = this.#keyAt(this.#at);
  }

  /** Decoded when it is asked for: most rows of a rolled-up prefix are not. */
  get item(): Item {
    const row = this.#rows[this.#at];
    if (row === undefined || this.key === undefined) throw new RangeError('behind the last row');
    this.#item ??= this.#run.decode(row, this.key);
    return this.#item;
  }

  /** What comes next of this run was not read. */
  get isCut(): boolean {
    return this.key === undefined && !this.#isEnd;
  }

  /** The read ended in rows of which an engine that rolls up would have given only the first. */
  endsInside(common: Buffer): boolean {
    const count = this.#rows.length;
    return this.#isInside(count - 1, common) && this.#isInside(count - 2, common);
  }

  #isInside(at: number, common: Buffer): boolean {
    return this.#keyAt(at)?.subarray(0, common.length).equals(common) === true;
  }

  #keyAt(at: number): Buffer | undefined {
    const key = this.#rows[at]?.key;
    return key?.subarray(this.#run.base.length, key.length - this.#run.suffixBytes);
  }
}

/** The cursor whose row comes first; undefined when all are at their end. */
export function firstOf<Item, Place>(
  cursors: readonly RunCursor<Item, Place>[],
): RunCursor<Item, Place> | undefined {
  let first: RunCursor<Item, Place> | undefined;
  for (const cursor of cursors) {
    if (cursor.key === undefined) continue;
    if (first?.key === undefined || Buffer.compare(cursor.key, first.key) < 0) first = cursor;
  }
  return first;
}
