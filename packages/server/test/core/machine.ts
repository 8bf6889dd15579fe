// One storage that several processes use, at once or one after another, in memory or on disk; so
// that the same tests hold for every engine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Blobs } from '../../src/core/ports/blobs.ts';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { systemRandom } from '../../src/core/ports/random.ts';
import type { StoreOptions } from '../../src/core/store.ts';
import {
  FileBlobs,
  nodeFileSystem,
  openLmdbMetadata,
  prepareDirectory,
} from '../../src/engines/embedded/index.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { SharedBlobs } from './fault-engines.ts';
import { openTestStore, TestClock, type TestStore } from './test-store.ts';

export const engineNames = ['memory', 'embedded'] as const;
export type EngineName = (typeof engineNames)[number];

export class Machine {
  readonly metadata: Metadata;
  readonly clock = new TestClock();
  readonly #blobsOf: (epoch: Buffer) => Promise<Blobs>;

  private constructor(metadata: Metadata, blobsOf: (epoch: Buffer) => Promise<Blobs>) {
    this.metadata = metadata;
    this.#blobsOf = blobsOf;
  }

  /** Gone after the test. */
  static async over(engine: EngineName): Promise<Machine> {
    if (engine === 'memory') {
      const shared = new SharedBlobs();
      return new Machine(new MemoryMetadata(), async (epoch) => shared.process(epoch));
    }
    const directory = await mkdtemp(join(tmpdir(), 'osskeep-core-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await prepareDirectory(directory);
    const onFatal = (error: Error): void => {
      throw error;
    };
    const metadata = await openLmdbMetadata({ path: join(directory, 'metadata'), onFatal });
    onTestFinished(() => metadata.close());
    return new Machine(metadata, async (epoch) => {
      const blobs = await FileBlobs.open({
        directory: join(directory, 'blobs'),
        epoch,
        random: systemRandom,
        fileSystem: nodeFileSystem,
      });
      onTestFinished(() => blobs.close());
      return blobs;
    });
  }

  async boot(extra: Partial<StoreOptions> = {}): Promise<TestStore> {
    const epoch = systemRandom.bytes(6);
    const { metadata, clock } = this;
    const blobs = await this.#blobsOf(epoch);
    return openTestStore({ metadata, blobs, clock, epoch, ...extra });
  }
}

/** Opens each store on a machine of its own, unless engines are given. */
export function opener(engine: EngineName): typeof openTestStore {
  return async (extra = {}) => {
    if (extra.metadata !== undefined) return openTestStore(extra);
    return (await Machine.over(engine)).boot(extra);
  };
}
