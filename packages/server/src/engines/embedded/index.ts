// The embedded engine's door: what boot opens, in this order: prepareDirectory, lockDirectory,
// checkFormat, openLmdbWriter, FileBlobs.open; with workers, CommitServer.listen besides. A worker opens
// CommitClient.connect, openLmdbWorker, FileBlobs.open.

export { FileBlobs } from './blobs/file-blobs.ts';
export { nodeFileSystem } from './disk/node-file-system.ts';
export { checkFormat, prepareDirectory } from './folder/data-directory.ts';
export { DirectoryInUseError, type DirectoryLock, lockDirectory } from './folder/directory-lock.ts';
export { openLmdbWorker } from './metadata/lmdb-metadata.ts';
export { openLmdbWriter } from './open-metadata.ts';

/** Loaded only by servers with workers. */
export function commitSocket(): Promise<typeof import('./commit-socket/index.ts')> {
  return import('./commit-socket/index.ts');
}
