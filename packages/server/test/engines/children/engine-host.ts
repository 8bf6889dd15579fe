// A process of a server with workers, as far as the engine goes: the writer, or a worker. Does what
// two-workers.ts asks for, message by message. A mutant breaks one promise of this process.
import type { BlobWriter } from '../../../src/core/ports/blobs.ts';
import type { Commit, Found, Metadata, Outcome, Query } from '../../../src/core/ports/metadata.ts';
import { CommitClient, CommitServer } from '../../../src/engines/embedded/commit-socket/index.ts';
import {
  type FileBlobs,
  openLmdbWorker,
  openLmdbWriter,
} from '../../../src/engines/embedded/index.ts';
import type { CommitSink } from '../../../src/engines/embedded/metadata/commit-queue.ts';
import { openBlobs } from '../open-blobs.ts';
import { stampBytes } from '../open-lmdb.ts';
import type { EngineMutant, HostCall, HostReply } from '../two-workers.ts';

const mutant = process.argv[2] as EngineMutant | 'none';

interface Opened {
  readonly metadata: Metadata;
  close(): Promise<void>;
}

let opened: Opened | undefined;
let blobs: FileBlobs | undefined;
const writers = new Map<number, BlobWriter>();
const readers = new Map<number, AsyncIterator<Buffer>>();
let nextHandle = 0;

/** Answers the first of two submissions with the outcomes of the second, and the other way round. */
class SwappedAnswers implements CommitSink {
  readonly #inner: CommitSink;
  #first: { outcomes: Outcome[]; resolve(outcomes: Outcome[]): void } | undefined;

  constructor(inner: CommitSink) {
    this.#inner = inner;
  }

  async submit(commits: readonly Commit[]): Promise<Outcome[]> {
    const outcomes = await this.#inner.submit(commits);
    const first = this.#first;
    if (first !== undefined && first.outcomes.length === outcomes.length) {
      this.#first = undefined;
      first.resolve(outcomes);
      return first.outcomes;
    }
    return new Promise((resolve) => {
      const waiting = { outcomes, resolve };
      this.#first ??= waiting;
      setTimeout(() => {
        if (this.#first === waiting) this.#first = undefined;
        resolve(outcomes);
      }, 5);
    });
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** Answers what checks nothing before it is written. */
function early(inner: CommitSink): CommitSink {
  return {
    submit: async (commits) => {
      if (commits.some(({ check = [], empty = [] }) => check.length + empty.length > 0)) {
        return inner.submit(commits);
      }
      setTimeout(() => inner.submit(commits).catch(() => undefined), 2);
      return commits.map(() => ({ ok: true, stamp: 1n }));
    },
    close: () => inner.close(),
  };
}

function sinkOf(queue: CommitSink): CommitSink {
  if (mutant === 'answered before it is written') return early(queue);
  return mutant === 'answers swapped' ? new SwappedAnswers(queue) : queue;
}

async function openWriter(directory: string, epochs: readonly Buffer[]): Promise<void> {
  const { metadata, queue } = await openLmdbWriter({
    path: `${directory}/metadata`,
    onFatal: (error) => {
      throw error;
    },
    stampBytes,
  });
  const admits = (epoch: Buffer): boolean => epochs.some((other) => other.equals(epoch));
  const server = await CommitServer.listen({ directory, sink: sinkOf(queue), admits });
  const close = async (): Promise<void> => {
    await server.close();
    await metadata.close();
  };
  opened = { metadata, close };
}

async function openWorker(directory: string, epoch: Buffer): Promise<void> {
  const onLost = (error: Error): never => {
    throw error;
  };
  const sink = await CommitClient.connect({ directory, epoch, onLost });
  const worker = await openLmdbWorker(`${directory}/metadata`, sink);
  const metadata = wrapped(worker);
  opened = { metadata, close: () => metadata.close() };
}

function wrapped(worker: Metadata): Metadata {
  if (mutant === 'a view kept') return keepingItsView(worker);
  return mutant === 'stamps kept' ? keepingStamps(worker) : worker;
}

/** As one whose views do not tell that the store has another state. */
function keepingStamps(inner: Metadata): Metadata {
  const known = new Set<string>();
  return {
    inlineBytesMax: inner.inlineBytesMax,
    read: async (query) => {
      const { keys = [] } = query;
      const names = keys.map(({ key, known }) => `${key.toString('hex')} ${known}`);
      const view = await inner.read(query);
      const rows = view.rows.map((found, at): Found => {
        const name = names[at] ?? '';
        if (known.has(name)) return 'unchanged';
        if (found === 'unchanged') known.add(name);
        return found;
      });
      return { ...view, rows };
    },
    counters: (key) => inner.counters(key),
    commit: (commit) => inner.commit(commit),
    commitMany: (commits) => inner.commitMany(commits),
    close: () => inner.close(),
  };
}

/** As one reads whose view of the data is renewed by a timer. */
function keepingItsView(inner: Metadata): Metadata {
  const views = new Map<string, ReturnType<Metadata['read']>>();
  return {
    inlineBytesMax: inner.inlineBytesMax,
    read: (query) => {
      const name = nameOf(query);
      const view = views.get(name) ?? inner.read(query);
      views.set(name, view);
      setTimeout(() => views.delete(name), 100);
      return view;
    },
    counters: (key) => inner.counters(key),
    commit: (commit) => inner.commit(commit),
    commitMany: (commits) => inner.commitMany(commits),
    close: () => inner.close(),
  };
}

/** Stamps are no JSON. */
function nameOf(query: Query): string {
  return JSON.stringify(query, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}

function there<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('it is not open');
  return part;
}

const calls: Record<string, (...args: never[]) => Promise<unknown>> = {
  openWriter,
  openWorker,
  close: async () => there(opened).close(),
  inlineBytesMax: async () => there(opened).metadata.inlineBytesMax,
  read: async (query: Query) => there(opened).metadata.read(query),
  counters: (key: Buffer) => there(opened).metadata.counters(key),
  commit: (commit: Commit) => there(opened).metadata.commit(commit),
  commitMany: (commits: readonly Commit[]) => there(opened).metadata.commitMany(commits),
  openBlobs: async (directory: string, epoch: Buffer) => {
    blobs = await openBlobs(directory, { epoch });
  },
  closeBlobs: () => there(blobs).close(),
  createBlob: async () => {
    const writer = await there(blobs).create();
    nextHandle += 1;
    writers.set(nextHandle, writer);
    return { handle: nextHandle, id: writer.id };
  },
  writeBlob: (handle: number, chunk: Buffer) => there(writers.get(handle)).write(chunk),
  commitBlob: (handle: number) => there(writers.get(handle)).commit(),
  abortBlob: (handle: number) => there(writers.get(handle)).abort(),
  readBlob: async (...args: Parameters<FileBlobs['read']>) => {
    nextHandle += 1;
    readers.set(
      nextHandle,
      there(blobs)
        .read(...args)
        [Symbol.asyncIterator](),
    );
    return nextHandle;
  },
  nextOfBlob: (handle: number) => there(readers.get(handle)).next(),
  leaveBlob: async (handle: number) => {
    await there(readers.get(handle)).return?.();
    readers.delete(handle);
  },
  removeBlob: (id: Buffer) => there(blobs).remove(id),
  listBlobs: async (epoch: Buffer) => {
    const ids: Buffer[] = [];
    for await (const id of there(blobs).list(epoch)) ids.push(id);
    return ids;
  },
  blobEpochs: () => there(blobs).epochs(),
};

process.on('message', ({ id, name, args }: HostCall) => {
  const reply = (message: HostReply): void => void process.send?.(message);
  const call = there(calls[name]) as (...given: unknown[]) => Promise<unknown>;
  call(...args).then(
    (value) => reply({ id, value }),
    (error: Error) => reply({ id, error: { name: error.name, message: error.message } }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, value: undefined } satisfies HostReply);
