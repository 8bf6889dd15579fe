// The embedded engine's door: what boot opens, in this order: prepareDirectory, lockDirectory,
// checkFormat, openLmdbMetadata, FileBlobs.open.
export { checkFormat, DataDirectoryError, dataFormat, prepareDirectory } from './data-directory.ts';
export { DirectoryInUseError, type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { FileBlobs } from './file-blobs.ts';
export { openLmdbMetadata } from './lmdb-metadata.ts';
export { LmdbReader } from './lmdb-reader.ts';
export { nodeFileSystem } from './node-file-system.ts';
