// What a request may believe of what this process knows. Whoever keeps something that was read from a row
// keeps the row's stamp with it; a request's view asks the store once, for all rows that the head of the
// request names, whether they still have theirs. So what is served is as fresh as one read made after the
// request began, whatever is kept, and a change makes cold only what it touches (metadata model §4).
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Found, Metadata, Stamp, Wanted } from '../ports/metadata.ts';

/** A row by which something is known, as it was read. */
export interface KnownRow extends Wanted {
  /** undefined: there was no such row. */
  readonly known: Stamp | undefined;
}

export class RequestView {
  readonly #rows: readonly KnownRow[];
  readonly #found: readonly Found[];
  /** Read since. */
  #later: KnownRow[] | undefined;

  /** `found` in the order of the rows. */
  constructor(rows: readonly KnownRow[], found: readonly Found[]) {
    this.#rows = rows;
    this.#found = found;
    this.#later = undefined;
  }

  /**
   * What became of this very row since it was read: nothing (`unchanged`, also where there is none still), or
   * what it is now. undefined: the view did not ask, so it has to be read anew.
   */
  found(row: KnownRow): Found | undefined {
    const index = this.#rows.indexOf(row);
    if (index === -1) return this.#later?.includes(row) === true ? 'unchanged' : undefined;
    const found = this.#found[index];
    return found === null && row.known === undefined ? 'unchanged' : found;
  }

  /** A row that was read after the request began: the rest of the request needs no other. */
  add(row: KnownRow): void {
    this.#later ??= [];
    this.#later.push(row);
  }
}

/** One trip to the store; none where nothing is known. At once where the engine need not wait. */
export function readView(
  metadata: Pick<Metadata, 'read'>,
  rows: readonly KnownRow[],
): Eventually<RequestView> {
  if (rows.length === 0) return new RequestView([], []);
  return whenThere(metadata.read({ keys: rows }), (view) => new RequestView(rows, view.rows));
}
