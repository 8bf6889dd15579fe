// The metadata port in memory: the model that the other engines are compared with, and the engine
// of tests that need no disk. Nothing in it is shared with a caller: keys and values are copied on
// the way in and on the way out.
import type { Eventually } from '../../core/ports/eventually.ts';
import type {
  Commit,
  Found,
  Key,
  Metadata,
  Outcome,
  Query,
  Row,
  Stamp,
  View,
  Wanted,
} from '../../core/ports/metadata.ts';
import { checkCommit, checkCommits, checkKey, checkQuery } from '../check-limits.ts';
import { OrderedRows } from './ordered-rows.ts';

/** The same as the embedded engine's, so that tests draw the same line between row and blob. */
const inlineBytesMaxDefault = 8_159;

export interface MemoryMetadataOptions {
  readonly inlineBytesMax?: number;
}

export class MemoryMetadata implements Metadata {
  readonly inlineBytesMax: number;
  readonly #rows = new OrderedRows();
  readonly #counters = new Map<string, readonly bigint[]>();
  #lastStamp: Stamp = 0n;
  #isClosed = false;

  constructor(options: MemoryMetadataOptions = {}) {
    this.inlineBytesMax = options.inlineBytesMax ?? inlineBytesMaxDefault;
  }

  read(query: Query): Eventually<View> {
    try {
      return this.#read(query);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #read(query: Query): View {
    this.#checkOpen();
    checkQuery(query);
    return {
      rows: (query.keys ?? []).map((wanted) => this.#find(wanted)),
      ranges: (query.ranges ?? []).map(({ from, to, limit, reverse = false }) =>
        this.#rows.slice(from, to, limit, reverse).map(copyRow),
      ),
    };
  }

  #find({ key, known }: Wanted): Found {
    const row = this.#rows.get(key);
    return known !== undefined && row?.stamp === known ? 'unchanged' : copyOrNull(row);
  }

  async counters(key: Key): Promise<readonly bigint[]> {
    this.#checkOpen();
    checkKey(key);
    return [...(this.#counters.get(key.toString('latin1')) ?? [])];
  }

  async commit(commit: Commit): Promise<Outcome> {
    this.#checkOpen();
    checkCommit(commit);
    return this.#apply(commit);
  }

  async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    this.#checkOpen();
    checkCommits(commits);
    return commits.map((commit) => this.#apply(commit));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #apply({ check = [], empty = [], set = [], del = [], add = [] }: Commit): Outcome {
    for (const { key, stamp } of check) {
      const row = this.#rows.get(key);
      if ((row?.stamp ?? null) !== stamp) return conflict(key, row);
    }
    for (const { from, to } of empty) {
      const row = this.#rows.slice(from, to, 1, false)[0];
      if (row !== undefined) return conflict(row.key, row);
    }
    this.#lastStamp += 1n;
    const stamp = this.#lastStamp;
    for (const key of del) this.#rows.delete(key);
    for (const { key, value } of set) this.#rows.set(copyRow({ key, stamp, value }));
    for (const { key, deltas } of add) this.#add(key, deltas);
    return { ok: true, stamp };
  }

  #add(key: Key, deltas: readonly bigint[]): void {
    const name = key.toString('latin1');
    const sums = [...(this.#counters.get(name) ?? [])];
    deltas.forEach((delta, index) => {
      sums[index] = BigInt.asIntN(64, (sums[index] ?? 0n) + delta);
    });
    this.#counters.set(name, sums);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The metadata engine is closed.');
  }
}

function conflict(key: Key, row: Row | undefined): Outcome {
  return { ok: false, conflict: Buffer.from(key), row: copyOrNull(row) };
}

function copyOrNull(row: Row | undefined): Row | null {
  return row === undefined ? null : copyRow(row);
}

function copyRow({ key, stamp, value }: Row): Row {
  return { key: Buffer.from(key), stamp, value: Buffer.from(value) };
}
