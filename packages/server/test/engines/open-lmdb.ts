// The embedded engine's metadata as tests open it: a disk that fails fails the test.
import { openLmdbWriter } from '../../src/engines/embedded/index.ts';
import type { LmdbMetadata } from '../../src/engines/embedded/metadata/lmdb-metadata.ts';

/** `path`: of the metadata itself. `stampBytes`: as the engine's option. */
export async function openLmdb(path: string, stampBytes?: number): Promise<LmdbMetadata> {
  const onFatal = (error: Error): never => {
    throw error;
  };
  return (await openLmdbWriter({ path, onFatal, stampBytes })).metadata;
}
