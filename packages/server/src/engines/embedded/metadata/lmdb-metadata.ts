// The metadata port on LMDB: a reader of this process, and a sink for commits, which is the writer's
// queue in the process that writes, and a socket to it in the workers of a server with several.
import type { Eventually } from '../../../core/ports/eventually.ts';
import type { Commit, Key, Metadata, Outcome, Query, View } from '../../../core/ports/metadata.ts';
import { checkCommit, checkCommits } from '../../check-limits.ts';
import { JournaledStore } from '../journal/journaled-store.ts';
import { emptyJournal, openJournal } from '../journal/open-journal.ts';
import { PendingRows, RowsWithPending } from '../journal/pending-rows.ts';
import { BatchWriter } from './batch-writer.ts';
import { CommitQueue, type CommitSink } from './commit-queue.ts';
import { LmdbReader } from './lmdb-reader.ts';
import { storeInLmdb } from './lmdb-store.ts';
import { type LmdbTables, openTables, pageValueBytesMax } from './lmdb-tables.ts';
import { LmdbRows } from './row-source.ts';
import { rowHeadBytes } from './row-value.ts';
import { KnownStamps } from './stamps/known-stamps.ts';
import { storedStampsBelow } from './writes.ts';

export interface LmdbMetadataOptions {
  /** A directory that exists and is durable. */
  readonly path: string;
  /** A flush failed: nothing can be written any more, and the process should end (contract D11). */
  readonly onFatal: (error: Error) => void;
}

/** For the one process that writes; others may read what it has acknowledged. */
export async function openLmdbMetadata(options: LmdbMetadataOptions): Promise<LmdbMetadata> {
  return (await openLmdbWriter(options)).metadata;
}

export interface LmdbWriting {
  readonly metadata: LmdbMetadata;
  /** Where the commits of other processes go as well. */
  readonly queue: CommitSink;
  /** Lets pages be used again that only readers killed in other processes still hold. */
  forgetDeadReaders(): void;
}

/** The same, with what other processes need of it. */
export async function openLmdbWriter({ path, onFatal }: LmdbMetadataOptions): Promise<LmdbWriting> {
  const tables = await openTables(path, 'write');
  await closingOnFailure(tables, () => emptyJournal(path, tables));
  const source = new LmdbRows(tables);
  const stamps = new KnownStamps();
  const writer = new BatchWriter({
    source,
    stamps,
    stampsBelow: storedStampsBelow(tables),
    store: (writes) => storeInLmdb(tables, writes),
  });
  const queue = new CommitQueue((commits) => writer.run(commits), onFatal);
  return {
    metadata: new LmdbMetadata(new LmdbReader(tables, { source, stamps }), queue),
    queue,
    forgetDeadReaders: () => {
      tables.root.readerCheck();
    },
  };
}

/**
 * For a process that shares the folder with no other: what it acknowledged is in its journal, and in LMDB
 * a moment later.
 */
export async function openJournaledMetadata(options: LmdbMetadataOptions): Promise<LmdbMetadata> {
  const { path, onFatal } = options;
  const tables = await openTables(path, 'write');
  const journal = await closingOnFailure(tables, () => openJournal(path, tables));
  const stamps = new KnownStamps();
  const pending = new PendingRows();
  const source = new RowsWithPending(new LmdbRows(tables), pending);
  const store = new JournaledStore(tables, journal, pending, (error) => queue.fail(error));
  const writer = new BatchWriter({
    source,
    stamps,
    stampsBelow: storedStampsBelow(tables),
    store: (writes) => store.store(writes),
  });
  const queue: CommitQueue = new CommitQueue((commits) => writer.run(commits), onFatal);
  const sink: CommitSink = {
    submit: (commits) => queue.submit(commits),
    close: async () => {
      await queue.close();
      await store.close();
    },
  };
  return new LmdbMetadata(new LmdbReader(tables, { source, stamps, pending }), sink);
}

async function closingOnFailure<T>({ root }: LmdbTables, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await root.close();
    throw error;
  }
}

/** For a process that only reads, and has its commits written by another. */
export async function openLmdbWorker(path: string, sink: CommitSink): Promise<LmdbMetadata> {
  return new LmdbMetadata(await LmdbReader.open(path), sink);
}

export class LmdbMetadata implements Metadata {
  readonly inlineBytesMax: number = pageValueBytesMax - rowHeadBytes;
  readonly #reader: LmdbReader;
  readonly #sink: CommitSink;

  constructor(reader: LmdbReader, sink: CommitSink) {
    this.#reader = reader;
    this.#sink = sink;
  }

  read(query: Query): Eventually<View> {
    return this.#reader.read(query);
  }

  counters(key: Key): Promise<readonly bigint[]> {
    return this.#reader.counters(key);
  }

  async commit(commit: Commit): Promise<Outcome> {
    checkCommit(commit);
    const [outcome] = await this.#sink.submit([commit]);
    if (outcome === undefined) throw new Error('The writer gave no outcome.');
    return outcome;
  }

  async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    checkCommits(commits);
    return this.#sink.submit(commits);
  }

  async close(): Promise<void> {
    await this.#sink.close();
    await this.#reader.close();
  }
}
