// The metadata port on LMDB. Values are u8 format, u64 stamp, payload. How LMDB has to be used so that
// an awaited commit is durable and visible to every reader: toolchain page §5.
import { type Database, open, type RootDatabase } from 'lmdb';
import type {
  Commit,
  Key,
  Metadata,
  Outcome,
  Range,
  Row,
  Stamp,
  View,
} from '../../core/ports/metadata.ts';
import { checkCommits, checkKey, checkQuery } from '../check-limits.ts';
import { CommitQueue } from './commit-queue.ts';

/** Bodies up to one page stay beside their rows; measured best between 4 and 16 KiB. */
const pageSize = 8_192;
/** A value of this size takes exactly one page; one byte more takes two. */
const pageValueBytesMax = 8_168;
const valueHeadBytes = 9;
const valueFormat = 1;
/** Stamps are taken from a persisted mark in blocks, so that none is given twice after a crash. */
const stampBlock = 1n << 20n;
const stampKey = Buffer.from('stamp');

type Rows = Database<Buffer, Buffer>;

export interface LmdbMetadataOptions {
  /** A directory that exists and is durable. */
  readonly path: string;
  readonly onFatal: (error: Error) => void;
}

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

export async function openLmdbMetadata(options: LmdbMetadataOptions): Promise<Metadata> {
  const root = open<Buffer, Buffer>({
    ...binary,
    path: options.path,
    pageSize,
    // Otherwise a promise may resolve before its flush, and a kill in it can poison other processes.
    overlappingSync: false,
    // Otherwise a failed commit leaves a rejection that nobody can catch.
    eventTurnBatching: false,
    // Never trust pages that were not flushed, also after a restart of the process alone.
    safeRestore: true,
  } as Parameters<typeof open>[0] & typeof binary) as RootDatabase<Buffer, Buffer>;
  const table = (name: string): Rows => root.openDB<Buffer, Buffer>({ ...binary, name });
  return new LmdbMetadata(root, table('rows'), table('counters'), table('engine'), options.onFatal);
}

class LmdbMetadata implements Metadata {
  readonly inlineBytesMax = pageValueBytesMax - valueHeadBytes;
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #rows: Rows;
  readonly #counters: Rows;
  readonly #engine: Rows;
  readonly #queue: CommitQueue;
  #nextStamp: bigint;
  #stampsBelow: bigint;

  constructor(
    root: RootDatabase<Buffer, Buffer>,
    rows: Rows,
    counters: Rows,
    engine: Rows,
    onFatal: (error: Error) => void,
  ) {
    this.#root = root;
    this.#rows = rows;
    this.#counters = counters;
    this.#engine = engine;
    this.#queue = new CommitQueue((commits) => this.#runBatch(commits), onFatal);
    this.#stampsBelow = engine.get(stampKey)?.readBigUInt64BE() ?? 1n;
    this.#nextStamp = this.#stampsBelow;
  }

  async read(query: { keys?: readonly Key[]; ranges?: readonly Range[] }): Promise<View> {
    checkQuery(query);
    // A read transaction is shared and renewed by a timer: without this, reads made right after an
    // acknowledged commit of another process were stale more often than not.
    this.#root.resetReadTxn();
    return {
      rows: (query.keys ?? []).map((key) => this.#row(key)),
      ranges: (query.ranges ?? []).map((range) => this.#range(range)),
    };
  }

  async counters(key: Key): Promise<readonly bigint[]> {
    checkKey(key);
    this.#root.resetReadTxn();
    return decodeCounter(this.#counters.get(key));
  }

  async commit(commit: Commit): Promise<Outcome> {
    return (await this.commitMany([commit]))[0] as Outcome;
  }

  async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    checkCommits(commits);
    return commits.length === 0 ? [] : this.#queue.submit(commits);
  }

  async close(): Promise<void> {
    await this.#queue.settled();
    await this.#root.close();
  }

  #row(key: Key): Row | null {
    const value = this.#rows.get(key);
    return value === undefined ? null : { key, ...decodeValue(value) };
  }

  #range({ from, to, limit, reverse = false }: Range): Row[] {
    if (limit === 0 || Buffer.compare(from, to) >= 0) return [];
    const options = reverse
      ? { start: to, end: from, reverse, exclusiveStart: true, inclusiveEnd: true, limit }
      : { start: from, end: to, limit };
    const rows: Row[] = [];
    for (const { key, value } of this.#rows.getRange(options)) {
      rows.push({ key: Buffer.from(key), ...decodeValue(value) });
    }
    return rows;
  }

  async #runBatch(commits: readonly Commit[]): Promise<Outcome[]> {
    try {
      // A child transaction rolls back when it throws; a plain one would keep what was put before.
      return await this.#root.childTransaction(() => {
        this.#reserveStamps(commits.length);
        return commits.map((commit) => this.#apply(commit));
      });
    } catch (error) {
      // The cause travels as a rejected promise of its own; unheard, it would end the process.
      const { commitError } = error as { commitError?: Promise<never> };
      const cause = await commitError?.catch((reason: unknown) => reason);
      throw new Error('A commit of the metadata failed.', { cause: cause ?? error });
    }
  }

  #reserveStamps(count: number): void {
    if (this.#nextStamp + BigInt(count) < this.#stampsBelow) return;
    this.#stampsBelow += stampBlock + BigInt(count);
    const mark = Buffer.alloc(8);
    mark.writeBigUInt64BE(this.#stampsBelow);
    void this.#engine.put(stampKey, mark);
  }

  /** All checks are read before the first put: a commit that conflicts leaves nothing. */
  #apply({ check = [], empty = [], set = [], del = [], add = [] }: Commit): Outcome {
    for (const { key, stamp } of check) {
      const row = this.#row(key);
      if ((row?.stamp ?? null) !== stamp) return { ok: false, conflict: key, row };
    }
    for (const { from, to } of empty) {
      const row = this.#range({ from, to, limit: 1 })[0];
      if (row !== undefined) return { ok: false, conflict: row.key, row };
    }
    const stamp = this.#nextStamp;
    this.#nextStamp += 1n;
    for (const { key, value } of set) void this.#rows.put(key, encodeValue(stamp, value));
    for (const key of del) void this.#rows.remove(key);
    for (const { key, deltas } of add) {
      void this.#counters.put(key, encodeCounter(sum(decodeCounter(this.#counters.get(key)), deltas)));
    }
    return { ok: true, stamp };
  }
}

function encodeValue(stamp: Stamp, payload: Buffer): Buffer {
  const value = Buffer.allocUnsafeSlow(valueHeadBytes + payload.length);
  value[0] = valueFormat;
  value.writeBigUInt64BE(stamp, 1);
  payload.copy(value, valueHeadBytes);
  return value;
}

function decodeValue(value: Buffer): { stamp: Stamp; value: Buffer } {
  if (value[0] !== valueFormat) {
    throw new Error(`A row has format ${value[0]}, which this version does not know.`);
  }
  return { stamp: value.readBigUInt64BE(1), value: value.subarray(valueHeadBytes) };
}

function decodeCounter(value: Buffer | undefined): bigint[] {
  if (value === undefined) return [];
  return Array.from({ length: value.length / 8 }, (_, index) => value.readBigInt64BE(index * 8));
}

function encodeCounter(numbers: readonly bigint[]): Buffer {
  const value = Buffer.alloc(numbers.length * 8);
  numbers.forEach((number, index) => {
    value.writeBigInt64BE(number, index * 8);
  });
  return value;
}

function sum(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) =>
    BigInt.asIntN(64, (a[index] ?? 0n) + (b[index] ?? 0n)),
  );
}
