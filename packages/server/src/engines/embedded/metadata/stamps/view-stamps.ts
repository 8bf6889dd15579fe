// What a process that only reads knows about rows without reading them again: the stamp that a row was
// read with, as long as views show the same state of the store. Each transaction gives the store another
// state (`lmdb-state.ts`), so that one small read for a view tells what is still true.
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';
import { StampTable, stampPlaces } from './stamp-table.ts';

export class ViewStamps {
  readonly #table = new StampTable();
  /** The state that a place's stamp was read in; 0 = none. */
  readonly #states = new Float64Array(stampPlaces);
  #state = Number.NaN;

  /** A view begins that shows this state, from 1; undefined = it is not known which. */
  begin(state: number | undefined): void {
    // Not equal to any, and not to itself.
    this.#state = state ?? Number.NaN;
  }

  /** In the present view the row has this stamp; false = it is not known whether it has. */
  has(key: Key, stamp: Stamp): boolean {
    const place = this.#table.placeOf(key);
    return this.#states[place] === this.#state && this.#table.has(place, key, stamp);
  }

  /** The row was read with this stamp in the present view. The key must stay as it is. */
  note(key: Key, stamp: Stamp): void {
    const place = this.#table.placeOf(key);
    if (this.#table.set(place, key, stamp)) this.#states[place] = this.#state;
  }
}
