// The embedded engine's door: what boot opens, in this order: prepareDirectory, lockDirectory,
// checkFormat, openJournaledMetadata, FileBlobs.open; with workers, openLmdbWriter in its place, and
// CommitServer.listen. A worker opens CommitClient.connect, openLmdbWorker, FileBlobs.open.
export type { CommitServer } from './commit-socket/index.ts';
export { checkFormat, DataDirectoryError, dataFormat, prepareDirectory } from './data-directory.ts';
export { DirectoryInUseError, type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { FileBlobs } from './file-blobs.ts';
export {
  type LmdbWriting,
  openJournaledMetadata,
  openLmdbMetadata,
  openLmdbWorker,
  openLmdbWriter,
} from './lmdb-metadata.ts';
export { LmdbReader } from './lmdb-reader.ts';
export { nodeFileSystem } from './node-file-system.ts';

/** Loaded only by servers with workers. */
export function commitSocket(): Promise<typeof import('./commit-socket/index.ts')> {
  return import('./commit-socket/index.ts');
}
