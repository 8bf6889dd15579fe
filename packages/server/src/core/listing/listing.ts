// What one kind of listing is: which runs of rows it shows, how a row becomes an item, and how a page
// goes on within a key that has several. Prefix, delimiter, limit and reading are the page's
// (read-page.ts), the same for all.
import type { Row } from '../ports/metadata.ts';

/**
 * Rows of one keyspace whose keys are `base key suffix`, so that they lie in the order of the listing.
 * A key holds no byte 00; a suffix starts with it.
 */
export interface Run<Item, Place> {
  /** Tag and ids, the same in front of every key. */
  readonly base: Buffer;
  /** Length of what stands behind the key, the same in every row. */
  readonly suffixBytes: number;
  /** `key` is a view into the row. */
  readonly decode: (row: Row, key: Buffer) => Item;
  /** The first row behind that place in the key; absent: the run is read from the key's beginning. */
  readonly rowBehind?: (key: Buffer, place: Place) => Buffer;
}

export interface Listing<Item, Place = never> {
  /** Merged by key; of one key the rows of an earlier run come first. */
  readonly runs: readonly Run<Item, Place>[];
  /**
   * Where a key may have several items: its place among them, by which a page goes on. Not by row: a
   * version may become the head, or lose that place, between two reads. Absent: a key has one.
   */
  readonly within?: {
    readonly placeOf: (item: Item) => Place;
    readonly isBehind: (item: Item, place: Place) => boolean;
  };
}

/** Where a page goes on. */
export interface Position<Place = never> {
  readonly key: Buffer;
  /** Nothing of this very key is wanted any more. */
  readonly isPast?: boolean;
  /** Of this very key only what comes behind; absent: all of it. */
  readonly place?: Place | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  /** The last entry, when there are more behind it. */
  readonly next?: { readonly item: Item } | { readonly prefix: string } | undefined;
}
