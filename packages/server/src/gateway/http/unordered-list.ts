// What comes and goes with requests and connections, in no order. Not a Set: one that is filled and emptied
// all the time is laid out anew again and again, and its old tables keep each other, and what was in them,
// alive until a full collection.

export interface Listed {
  /** The list's own: at which index the item stands; -1 = nowhere. */
  index: number;
}

/** An item may stand in one list only. */
export class UnorderedList<Item extends Listed> {
  readonly #items: Item[] = [];

  add(item: Item): void {
    item.index = this.#items.length;
    this.#items.push(item);
  }

  /** Harmless where it is not there. */
  remove(item: Item): void {
    const { index } = item;
    if (index === -1) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#items[index] = last;
      last.index = index;
    }
    item.index = -1;
  }

  /** A copy, so that items may go meanwhile. */
  all(): Item[] {
    return [...this.#items];
  }
}
