// What the one process that writes knows about rows without reading them: the stamp that a row was last
// read with, as long as no commit about it has begun since.
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';
import { StampTable, slotsIn } from './stamp-table.ts';

/** In place of a stamp: there is no such row. No stamp is negative. */
export const absent: Stamp = -1n;

export interface KnownStamps {
  /** The row has this stamp, or is absent; false = it is not known whether. */
  has(key: Key, stamp: Stamp): boolean;
  /** The row was read with this stamp, or was absent, in a view of this turn. */
  note(key: Key, stamp: Stamp): void;
  /** A commit with this stamp, about this key, is to begin. */
  mark(key: Key, stamp: Stamp): void;
  /** Commits up to this stamp are seen by every view from now on. */
  show(stamp: Stamp): void;
}

/** Takes so much memory at most; where that is next to nothing, it knows nothing. */
export function knownStamps(bytes: number): KnownStamps {
  const slots = slotsIn(bytes);
  return slots === 0 ? nothingKnown : new StampsByKey(slots);
}

const nothingKnown: KnownStamps = {
  has: () => false,
  note: () => undefined,
  mark: () => undefined,
  show: () => undefined,
};

class StampsByKey implements KnownStamps {
  readonly #table: StampTable;
  /** Of the last commit about a key of this slot. */
  readonly #marked: Float64Array;
  /** Of the last commit that every new view shows. */
  #visible = 0;

  constructor(slots: number) {
    this.#table = new StampTable(slots);
    this.#marked = new Float64Array(slots);
  }

  has(key: Key, stamp: Stamp): boolean {
    return this.#table.has(this.#table.slotOf(key), key, stamp);
  }

  note(key: Key, stamp: Stamp): void {
    const slot = this.#table.slotOf(key);
    // A commit that may not be visible yet would be overlooked from then on.
    if ((this.#marked[slot] as number) > this.#visible) return;
    this.#table.set(slot, key, stamp);
  }

  mark(key: Key, stamp: Stamp): void {
    const slot = this.#table.slotOf(key);
    this.#table.delete(slot);
    this.#marked[slot] = Number(stamp);
  }

  show(stamp: Stamp): void {
    this.#visible = Number(stamp);
  }
}
