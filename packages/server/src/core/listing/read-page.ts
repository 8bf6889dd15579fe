// The page loop of every listing: merges the runs by key, rolls up at the delimiter, seeks past what it
// rolled up, and stops at the limit. A page costs a page, whatever the bucket holds; with an engine that
// takes the hint of its ranges, a few trips.
import type { CoreContext } from '../context/context.ts';
import { prefixEnd } from '../keys/bytes.ts';
import { metadataLimits, type Range, type Row } from '../ports/metadata.ts';
import type { Listing, Page, Position, Run } from './listing.ts';
import { RollUp } from './roll-up.ts';
import { firstOf, RunCursor } from './run-cursor.ts';

export interface PageQuery<Place = never> {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Entries of a page: items and common prefixes together. 0 or less: an empty page. */
  readonly limit: number;
  /** Only what is there and behind; a start before the prefix changes nothing. */
  readonly start?: Position<Place> | undefined;
}

/** Rows of a read once the engine is seen not to roll up: most of them would be passed by. */
const rowsWithoutHelp = 16;
/** Sorts behind a key and whatever has it with a suffix (`key 00 …`), and before every other key. */
const behindKey = Buffer.of(1);
const nothing = Buffer.alloc(0);

export async function readPage<Item, Place>(
  core: CoreContext,
  listing: Listing<Item, Place>,
  query: PageQuery<Place>,
): Promise<Page<Item>> {
  if (query.limit <= 0) return { items: [], commonPrefixes: [] };
  const page = new PageBuilder(listing, query);
  while (!page.isDone) {
    const ranges = page.nextRanges();
    page.take(ranges, (await core.metadata.read({ ranges })).ranges);
  }
  return page.result();
}

class PageBuilder<Item, Place> {
  readonly #listing: Listing<Item, Place>;
  readonly #limit: number;
  readonly #rollUp: RollUp;
  readonly #items: Item[] = [];
  readonly #prefixes: string[] = [];
  #position: Position<Place>;
  /** The prefix that was rolled up last, if nothing came after it. */
  #rolledUp: Buffer | undefined;
  #rows: number = metadataLimits.rangeRowsMax;
  #next: Page<Item>['next'];
  #isTruncated = false;
  isDone = false;

  constructor(listing: Listing<Item, Place>, query: PageQuery<Place>) {
    this.#listing = listing;
    this.#limit = query.limit;
    this.#rollUp = new RollUp(query.prefix, query.delimiter);
    this.#position = { key: this.#rollUp.prefix };
    if (query.start !== undefined) this.#startAt(query.start);
  }

  nextRanges(): Range[] {
    const { place } = this.#position;
    // One entry more than there is room for tells whether the page is the last; and where a key was left
    // in its middle, a run that cannot go on from there gives one row of it again.
    const again = place === undefined ? 0 : 1;
    const wanted = this.#limit - this.#count + 1 + again;
    const limit = Math.min(wanted, this.#rows, metadataLimits.rangeRowsMax);
    return this.#listing.runs.map((run) => ({
      from: this.#rowFrom(run),
      to: prefixEnd(Buffer.concat([run.base, this.#rollUp.prefix])),
      limit,
      ...this.#rollUp.hint(run.base.length, run.suffixBytes),
    }));
  }

  take(ranges: readonly Range[], views: readonly (readonly Row[])[]): void {
    const cursors = this.#listing.runs.map((run, at) => {
      const rows = views[at] ?? [];
      return new RunCursor(run, rows, rows.length < (ranges[at]?.limit ?? 0));
    });
    while (!cursors.some((cursor) => cursor.isCut)) {
      const first = firstOf(cursors);
      if (first?.key === undefined) {
        this.isDone = true;
        return;
      }
      if (!this.#isBefore(first, first.key)) {
        if (this.#count === this.#limit) {
          this.#isTruncated = true;
          this.isDone = true;
          return;
        }
        this.#add(first, first.key);
      }
      first.step();
    }
    this.#adaptReads(cursors);
  }

  result(): Page<Item> {
    const page = { items: this.#items, commonPrefixes: this.#prefixes };
    return this.#isTruncated ? { ...page, next: this.#next } : page;
  }

  get #count(): number {
    return this.#items.length + this.#prefixes.length;
  }

  #rowFrom({ base, rowBehind }: Run<Item, Place>): Buffer {
    const { key, isPast, place } = this.#position;
    if (place !== undefined && rowBehind !== undefined) return rowBehind(key, place);
    return Buffer.concat([base, key, isPast === true ? behindKey : nothing]);
  }

  /** Inside what was rolled up, or taken already. */
  #isBefore(cursor: RunCursor<Item, Place>, key: Buffer): boolean {
    const { key: from, isPast, place } = this.#position;
    const order = Buffer.compare(key, from);
    if (order !== 0) return order < 0;
    if (isPast === true) return true;
    return place !== undefined && this.#listing.within?.isBehind(cursor.item, place) === false;
  }

  /** Forward only. A start inside a common prefix: that prefix is not behind it, whatever it contains. */
  #startAt(start: Position<Place>): void {
    const common = this.#rollUp.commonPrefixAround(start.key);
    const position = common === undefined ? start : { key: prefixEnd(common) };
    const { prefix } = this.#rollUp;
    if (Buffer.compare(position.key, prefix) >= 0) {
      this.#position = position;
      this.isDone = !position.key.subarray(0, prefix.length).equals(prefix);
    }
  }

  #add(cursor: RunCursor<Item, Place>, key: Buffer): void {
    const common = this.#rollUp.commonPrefixOf(key);
    this.#rolledUp = common;
    if (common === undefined) {
      const { item } = cursor;
      this.#items.push(item);
      this.#next = { item };
      const place = this.#listing.within?.placeOf(item);
      this.#position = place === undefined ? { key, isPast: true } : { key, place };
    } else {
      const prefix = common.toString();
      this.#prefixes.push(prefix);
      this.#next = { prefix };
      this.#position = { key: prefixEnd(common) };
    }
  }

  /**
   * An engine need not take the hint. Then a read must not bring a thousand rows of one prefix for the one
   * that counts: reads shrink where that is seen, and grow again while rows become entries.
   */
  #adaptReads(cursors: readonly RunCursor<Item, Place>[]): void {
    const common = this.#rolledUp;
    const isIgnored = common !== undefined && cursors.some((cursor) => cursor.endsInside(common));
    this.#rows = isIgnored ? rowsWithoutHelp : this.#rows * 2;
  }
}
