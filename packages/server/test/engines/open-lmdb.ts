// The embedded engine's metadata as tests open it: a disk that fails fails the test.
import { openLmdbWriter } from '../../src/engines/embedded/index.ts';
import type { LmdbMetadata } from '../../src/engines/embedded/metadata/lmdb-metadata.ts';

/** Of stamps that are known: far more than tests have rows. */
export const stampBytes: number = 20 * 1024 * 1024;

/** `path`: of the metadata itself. `bytes`: of stamps that are known. */
export async function openLmdb(path: string, bytes: number = stampBytes): Promise<LmdbMetadata> {
  const onFatal = (error: Error): never => {
    throw error;
  };
  return (await openLmdbWriter({ path, onFatal, stampBytes: bytes })).metadata;
}
