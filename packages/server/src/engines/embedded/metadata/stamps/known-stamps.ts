// What the one process that writes knows about rows without reading them: the stamp that a row was last
// read with, as long as no commit about it has begun since.
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';
import { StampTable, stampPlaces } from './stamp-table.ts';

export class KnownStamps {
  readonly #table = new StampTable();
  /** Of the last commit about a key of this place. */
  readonly #marked = new Float64Array(stampPlaces);
  /** Of the last commit that every new view shows. */
  #visible = 0;

  /** The row has this stamp; false = it is not known whether it has. */
  has(key: Key, stamp: Stamp): boolean {
    return this.#table.has(this.#table.placeOf(key), key, stamp);
  }

  /** The row was read with this stamp, in a view of this turn. The key must stay as it is. */
  note(key: Key, stamp: Stamp): void {
    const place = this.#table.placeOf(key);
    // A commit that may not be visible yet would be overlooked from then on.
    if ((this.#marked[place] as number) > this.#visible) return;
    this.#table.set(place, key, stamp);
  }

  /** A commit with this stamp, about this key, is to begin. */
  mark(key: Key, stamp: Stamp): void {
    const place = this.#table.placeOf(key);
    this.#table.delete(place);
    this.#marked[place] = Number(stamp);
  }

  /** Commits up to this stamp are seen by every view from now on. */
  show(stamp: Stamp): void {
    this.#visible = Number(stamp);
  }
}
