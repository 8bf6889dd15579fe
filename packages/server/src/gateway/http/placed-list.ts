// What comes and goes with requests and connections, in no order. Not a Set: one that is filled and emptied
// all the time is laid out anew again and again, and its old tables keep each other, and what was in them,
// alive until a full collection.

export interface Placed {
  /** The list's own: where the item stands; -1 = nowhere. */
  place: number;
}

/** An item may stand in one list only. */
export class PlacedList<Item extends Placed> {
  readonly #items: Item[] = [];

  add(item: Item): void {
    item.place = this.#items.length;
    this.#items.push(item);
  }

  /** Harmless where it is not there. */
  remove(item: Item): void {
    const { place } = item;
    if (place === -1) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#items[place] = last;
      last.place = place;
    }
    item.place = -1;
  }

  /** A copy, so that items may go meanwhile. */
  all(): Item[] {
    return [...this.#items];
  }
}
