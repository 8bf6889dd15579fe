// One storage that several processes use, at once or one after another, in memory or on disk; so
// that the same tests hold for every engine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Blobs } from '../../src/core/ports/blobs.ts';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import type { Random } from '../../src/core/ports/random.ts';
import type { StoreOptions } from '../../src/core/store.ts';
import { prepareDirectory } from '../../src/engines/embedded/index.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { openBlobs } from '../engines/open-blobs.ts';
import { openLmdb } from '../engines/open-lmdb.ts';
import { systemRandom } from '../support/system-random.ts';
import { SharedBlobs } from './fault-engines.ts';
import { openTestStore, TestClock, type TestStore } from './test-store.ts';

export const engineNames = ['memory', 'embedded'] as const;
export type EngineName = (typeof engineNames)[number];

export class Machine {
  readonly metadata: Metadata;
  readonly clock = new TestClock();
  readonly #random: Random;
  readonly #blobsOf: (epoch: Buffer) => Promise<Blobs>;

  private constructor(
    metadata: Metadata,
    random: Random,
    blobsOf: (epoch: Buffer) => Promise<Blobs>,
  ) {
    this.metadata = metadata;
    this.#random = random;
    this.#blobsOf = blobsOf;
  }

  /** Gone after the test. With the same randomness two engines do the very same. */
  static async over(engine: EngineName, random: Random = systemRandom): Promise<Machine> {
    if (engine === 'memory') {
      const shared = new SharedBlobs(random);
      return new Machine(new MemoryMetadata(), random, async (epoch) => shared.process(epoch));
    }
    const directory = await mkdtemp(join(tmpdir(), 'osskeep-core-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await prepareDirectory(directory);
    const metadata = await openLmdb(join(directory, 'metadata'));
    onTestFinished(() => metadata.close());
    return new Machine(metadata, random, async (epoch) => {
      const blobs = await openBlobs(join(directory, 'blobs'), { epoch, random });
      onTestFinished(() => blobs.close());
      return blobs;
    });
  }

  async boot(extra: Partial<StoreOptions> = {}): Promise<TestStore> {
    const { metadata, clock } = this;
    const random = this.#random;
    const epoch = random.bytes(6);
    const blobs = await this.#blobsOf(epoch);
    return openTestStore({ metadata, blobs, clock, random, epoch, ...extra });
  }
}

/** Opens each store on a machine of its own, unless engines are given. */
export function opener(engine: EngineName): typeof openTestStore {
  return async (extra = {}) => {
    if (extra.metadata !== undefined) return openTestStore(extra);
    return (await Machine.over(engine)).boot(extra);
  };
}
