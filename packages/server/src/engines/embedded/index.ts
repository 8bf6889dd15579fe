// The embedded engine's door: what boot opens, in this order: prepareDirectory, lockDirectory,
// checkFormat, openJournaledMetadata, FileBlobs.open; with workers, openLmdbWriter in its place, and
// CommitServer.listen. A worker opens CommitClient.connect, openLmdbWorker, FileBlobs.open.

export { FileBlobs } from './blobs/file-blobs.ts';
export type { CommitServer } from './commit-socket/index.ts';
export { nodeFileSystem } from './disk/node-file-system.ts';
export {
  checkFormat,
  DataDirectoryError,
  dataFormat,
  prepareDirectory,
} from './folder/data-directory.ts';
export { DirectoryInUseError, type DirectoryLock, lockDirectory } from './folder/directory-lock.ts';
export {
  type LmdbWriting,
  openJournaledMetadata,
  openLmdbMetadata,
  openLmdbWorker,
  openLmdbWriter,
} from './metadata/lmdb-metadata.ts';
export { LmdbReader } from './metadata/lmdb-reader.ts';

/** Loaded only by servers with workers. */
export function commitSocket(): Promise<typeof import('./commit-socket/index.ts')> {
  return import('./commit-socket/index.ts');
}
