// Engines that break on purpose: at the n-th call something goes wrong, before or after it took
// effect, once or from then on. And one storage that several processes, one after another, use.
import type { BlobId } from '../../src/core/ports/blob-id.ts';
import type { Blobs, BlobWriter } from '../../src/core/ports/blobs.ts';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import type { Random } from '../../src/core/ports/random.ts';
import { MemoryBlobs } from '../../src/engines/memory/memory-blobs.ts';
import { systemRandom } from '../support/system-random.ts';

export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
}

export interface FaultPlan {
  /** The call that fails, from 0; later ones too when the process is dead. */
  readonly at: number;
  /** The call took effect, only its answer is lost. */
  readonly tookEffect: boolean;
  readonly processDies: boolean;
}

/** Counts calls of both engines together. */
export class Faults {
  calls = 0;
  readonly #plan: FaultPlan;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  get isDead(): boolean {
    return this.#plan.processDies && this.calls > this.#plan.at;
  }

  async around<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isDead) throw new InjectedFault('the process is dead');
    const isHit = this.calls === this.#plan.at;
    this.calls += 1;
    if (isHit && !this.#plan.tookEffect) throw new InjectedFault('nothing happened');
    const result = await work();
    if (isHit) throw new InjectedFault('it happened, the answer is lost');
    return result;
  }
}

export function faultyMetadata(metadata: Metadata, faults: Faults): Metadata {
  return {
    inlineBytesMax: metadata.inlineBytesMax,
    read: (query) => faults.around(async () => metadata.read(query)),
    counters: (key) => faults.around(() => metadata.counters(key)),
    commit: (commit) => faults.around(() => metadata.commit(commit)),
    commitMany: (commits) => faults.around(() => metadata.commitMany(commits)),
    close: () => metadata.close(),
  };
}

/** The blobs of all epochs; a process creates in its own and sees all. */
export class SharedBlobs {
  readonly #byEpoch = new Map<string, MemoryBlobs>();
  readonly #random: Random;

  constructor(random: Random = systemRandom) {
    this.#random = random;
  }

  process(epoch: Buffer): Blobs {
    const own = new MemoryBlobs({ epoch, random: this.#random });
    this.#byEpoch.set(epoch.toString('hex'), own);
    const of = (id: Buffer): MemoryBlobs => {
      const blobs = this.#byEpoch.get(id.subarray(0, 6).toString('hex'));
      if (blobs === undefined) throw new Error('a blob of an unknown epoch');
      return blobs;
    };
    return {
      create: () => own.create(),
      lend: () => own.lend(),
      read: (extent, from, to) => of(extent.blob).read(extent, from, to),
      remove: (id) => of(id).remove(id),
      list: (which) => of(which).list(which),
      epochs: async () => {
        const all = await Promise.all([...this.#byEpoch.values()].map((blobs) => blobs.epochs()));
        return all.flat();
      },
      close: async () => undefined,
    };
  }
}

export function faultyBlobs(blobs: Blobs, faults: Faults): Blobs {
  return {
    create: async () => faultyWriter(await faults.around(() => blobs.create()), faults),
    lend: () => blobs.lend(),
    read: (extent, from, to) => blobs.read(extent, from, to),
    remove: (id: BlobId) => faults.around(() => blobs.remove(id)),
    list: (epoch) => blobs.list(epoch),
    epochs: () => faults.around(() => blobs.epochs()),
    close: () => blobs.close(),
  };
}

function faultyWriter(writer: BlobWriter, faults: Faults): BlobWriter {
  return {
    id: writer.id,
    write: (chunk) => faults.around(() => writer.write(chunk)),
    commit: () => faults.around(() => writer.commit()),
    abort: () => faults.around(() => writer.abort()),
  };
}
