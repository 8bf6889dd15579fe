// The metadata port: an ordered key-value store with one consistent read and one atomic commit.
// All domain logic is written once above it; engines supply only these verbs.
import type { Eventually } from './eventually.ts';

/** What every engine enforces, whatever it could do itself. */
export const metadataLimits = {
  keyBytesMax: 1_100,
  /** `check` and `empty` together. */
  checksMax: 64,
  /** `set`, `del` and `add` together. */
  writesMax: 2_000,
  /** Keys and values of all writes of one commit. */
  commitBytesMax: 4_194_304,
  rangeRowsMax: 1_000,
  /** Commits of one `commitMany`. */
  commitsMax: 1_000,
  /** Numbers of one vector counter. */
  counterLengthMax: 64,
} as const;

/** A row's key, in byte order. 1 to 1,100 bytes. */
export type Key = Buffer;
export type Bytes = Buffer;

/** Given by the engine to every row set; never reused; only equality has meaning. */
export type Stamp = bigint;

export interface Row {
  readonly key: Key;
  readonly stamp: Stamp;
  readonly value: Bytes;
}

export interface Range {
  /** Inclusive. Empty = from the first row. */
  readonly from: Key;
  /** Exclusive. */
  readonly to: Key;
  /** At most 1,000 rows. */
  readonly limit: number;
  /** Newest key first; `from` and `to` keep their meaning. */
  readonly reverse?: boolean;
}

/** A row that is asked for. */
export interface Wanted {
  readonly key: Key;
  /** Whoever asks has the row with this stamp, and wants it only when it has another by now. */
  readonly known?: Stamp | undefined;
}

export interface Query {
  readonly keys?: readonly Wanted[];
  readonly ranges?: readonly Range[];
}

/** A row; null = absent; `unchanged`, only where a stamp was `known`: the row has it, and was not copied. */
export type Found = Row | null | 'unchanged';

export interface View {
  /** In the order of the keys asked for. */
  readonly rows: readonly Found[];
  /** In the order of the ranges asked for. */
  readonly ranges: readonly (readonly Row[])[];
}

export interface Commit {
  /** The row must still have this stamp; null = must be absent. At most 64. */
  readonly check?: readonly { readonly key: Key; readonly stamp: Stamp | null }[];
  /** No row may be in the range [from, to). */
  readonly empty?: readonly { readonly from: Key; readonly to: Key }[];
  /** A key occurs once in `set` and `del` together; anything else is a MetadataLimitError. */
  readonly set?: readonly { readonly key: Key; readonly value: Bytes }[];
  readonly del?: readonly Key[];
  /** Vector counters of signed 64-bit numbers, a table of their own, never checked. */
  readonly add?: readonly { readonly key: Key; readonly deltas: readonly bigint[] }[];
}

export type Outcome =
  | { readonly ok: true; readonly stamp: Stamp }
  /** `conflict` = the key whose check failed, or the first row found in an `empty` range. */
  | { readonly ok: false; readonly conflict: Key; readonly row: Row | null };

export interface Metadata {
  /** Largest value, in bytes, that a single row takes without leaving its page. */
  readonly inlineBytesMax: number;
  /**
   * One consistent view per call; nothing stays open between calls. At once where the engine need not wait;
   * what goes wrong is a rejected promise in any engine, never thrown.
   */
  read(query: Query): Eventually<View>;
  /** Sums of a vector counter; an absent counter is empty. */
  counters(key: Key): Promise<readonly bigint[]>;
  /** Resolves when durable and visible to every reader of every process. */
  commit(commit: Commit): Promise<Outcome>;
  /** In order, independent outcomes, one flush; later ones see earlier ones. */
  commitMany(commits: readonly Commit[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** A commit or read beyond the limits: a programmer's error, nothing was done. */
export class MetadataLimitError extends Error {
  override readonly name = 'MetadataLimitError';
}

/** The engine can no longer write; what was acknowledged stands. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';
}
