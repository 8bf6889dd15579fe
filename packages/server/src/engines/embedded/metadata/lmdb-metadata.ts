// The metadata port on LMDB: a reader of this process, and a sink for commits, which is the writer's
// queue in the process that writes, and a socket to it in the workers of a server with several.
import type { Eventually } from '../../../core/ports/eventually.ts';
import type { Commit, Key, Metadata, Outcome, Query, View } from '../../../core/ports/metadata.ts';
import { checkCommit, checkCommits } from '../../check-limits.ts';
import { BatchWriter } from './batch-writer.ts';
import { CommitQueue, type CommitSink } from './commit-queue.ts';
import { LmdbReader } from './lmdb-reader.ts';
import { type LmdbTables, pageValueBytesMax } from './lmdb-tables.ts';
import { rowHeadBytes } from './row-value.ts';
import { knownStamps } from './stamps/known-stamps.ts';

export interface WritingOptions {
  /** A flush failed: nothing can be written any more, and the process should end (durability contract D11). */
  readonly onFatal: (error: Error) => void;
  /** Memory for what is known of rows without reading them, at most; 0 = none. */
  readonly stampBytes: number;
}

export interface LmdbWriting {
  readonly metadata: LmdbMetadata;
  /** Where the commits of other processes go as well. */
  readonly queue: CommitSink;
  /** Lets pages be used again that only readers killed in other processes still hold. */
  forgetDeadReaders(): void;
}

/** For the one process that writes. Closes the tables together with what it returns. */
export function writeLmdb(tables: LmdbTables, options: WritingOptions): LmdbWriting {
  const { onFatal, stampBytes } = options;
  const stamps = knownStamps(stampBytes);
  const writer = new BatchWriter(tables, stamps);
  const queue = new CommitQueue((commits) => writer.run(commits), onFatal);
  return {
    metadata: new LmdbMetadata(new LmdbReader(tables, stamps), queue),
    queue,
    forgetDeadReaders: () => {
      tables.root.readerCheck();
    },
  };
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
