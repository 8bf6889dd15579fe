// The embedded engine as a server with a writer and two workers has it, each in a process of its own. What
// is asked of it goes to one worker or the other, as chance has it, so that what one did the other must see.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BlobCorruptError,
  BlobMissingError,
  type Blobs,
  type BlobWriter,
  type Extent,
} from '../../src/core/ports/blobs.ts';
import {
  type Commit,
  type Metadata,
  MetadataLimitError,
  type Outcome,
  type View,
} from '../../src/core/ports/metadata.ts';
import { contractEpoch } from '../contract/blob-contract.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface HostCall {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface HostReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** What only a server with workers can break; `children/engine-host.ts` does. */
export type EngineMutant =
  | 'answered before it is written'
  | 'answers swapped'
  | 'a view kept'
  | 'stamps kept';

const epochs = [contractEpoch, Buffer.from('a0a1a2a3a4a5', 'hex')] as const;
const program = fileURLToPath(new URL('./children/engine-host.ts', import.meta.url));
const errors: Record<string, new (message: string) => Error> = {
  BlobCorruptError,
  BlobMissingError,
  MetadataLimitError,
  RangeError,
};

class Host {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: HostReply) => void>();
  #nextId = 1;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (reply: HostReply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
  }

  static async start(mutant: EngineMutant | 'none'): Promise<Host> {
    const child = fork(program, [mutant], { serialization: 'advanced' });
    const host = new Host(child);
    await new Promise<void>((resolve, reject) => {
      host.#waiting.set(0, () => resolve());
      child.once('exit', (code) => reject(new Error(`an engine host ended with ${code}`)));
    });
    return host;
  }

  async call<Value>(name: string, ...args: readonly unknown[]): Promise<Value> {
    const id = this.#nextId;
    this.#nextId += 1;
    const reply = await new Promise<HostReply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, name, args } satisfies HostCall);
    });
    const { error } = reply;
    if (error === undefined) return reply.value as Value;
    throw new (errors[error.name] ?? Error)(error.message);
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

export class TwoWorkers {
  readonly #writer: Host;
  readonly #workers: readonly [Host, Host];
  readonly #random = new SeededRandom(5);

  private constructor(writer: Host, workers: readonly [Host, Host]) {
    this.#writer = writer;
    this.#workers = workers;
  }

  static async start(mutant: EngineMutant | 'none' = 'none'): Promise<TwoWorkers> {
    const [writer, first, second] = await Promise.all([
      Host.start(mutant),
      Host.start(mutant),
      Host.start(mutant),
    ]);
    return new TwoWorkers(writer, [first, second]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#writer, ...this.#workers].map((host) => host.stop()));
  }

  /** One at a time. */
  async openMetadata(): Promise<Metadata> {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'metadata'));
    await this.#writer.call('openWriter', directory, epochs);
    for (const [index, worker] of this.#workers.entries()) {
      await worker.call('openWorker', directory, epochs[index]);
    }
    const inlineBytesMax = await this.#workers[0].call<number>('inlineBytesMax');
    let closing: Promise<void> | undefined;
    return {
      inlineBytesMax,
      read: (query) => this.#any().call<View>('read', query),
      counters: (key) => this.#any().call<bigint[]>('counters', key),
      commit: (commit: Commit) => this.#any().call<Outcome>('commit', commit),
      commitMany: (commits) => this.#any().call<Outcome[]>('commitMany', commits),
      close: () => {
        closing ??= (async () => {
          for (const worker of this.#workers) await worker.call('close');
          await this.#writer.call('close');
        })();
        return closing;
      },
    };
  }

  /** One at a time. The contract knows the epoch of one worker, so that one writes all blobs. */
  async openBlobs(): Promise<Blobs> {
    const directory = await temporaryDirectory();
    for (const [index, worker] of this.#workers.entries()) {
      await worker.call('openBlobs', directory, epochs[index]);
    }
    const [first] = this.#workers;
    return {
      create: () => createBlob(first),
      // Memory of another process's.
      lend: () => undefined,
      read: (extent, from, to) => readBlob(this.#any(), extent, from, to),
      remove: (id) => this.#any().call('removeBlob', id),
      list: async function* (this: TwoWorkers, epoch: Buffer) {
        yield* await this.#any().call<Buffer[]>('listBlobs', epoch);
      }.bind(this),
      epochs: () => this.#any().call<Buffer[]>('blobEpochs'),
      close: async () => {
        for (const worker of this.#workers) await worker.call('closeBlobs');
      },
    };
  }

  #any(): Host {
    return this.#workers[this.#random.below(2)] ?? this.#workers[0];
  }
}

async function createBlob(host: Host): Promise<BlobWriter> {
  const { handle, id } = await host.call<{ handle: number; id: Buffer }>('createBlob');
  return {
    id,
    write: (chunk) => host.call('writeBlob', handle, chunk),
    commit: () => host.call('commitBlob', handle),
    abort: () => host.call('abortBlob', handle),
  };
}

async function* readBlob(host: Host, extent: Extent, from: number, to: number) {
  const handle = await host.call<number>('readBlob', extent, from, to);
  try {
    for (;;) {
      const next = await host.call<IteratorResult<Buffer, void>>('nextOfBlob', handle);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await host.call('leaveBlob', handle);
  }
}
