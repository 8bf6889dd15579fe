export { checkFormat, DataDirectoryError, dataFormat, prepareDirectory } from './data-directory.ts';
export { type DirectoryLock, DirectoryInUseError, lockDirectory } from './directory-lock.ts';
export { FileBlobs } from './file-blobs.ts';
export { openLmdbMetadata } from './lmdb-metadata.ts';
export { nodeFileSystem } from './node-file-system.ts';
