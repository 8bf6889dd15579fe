// The embedded engine's blobs as tests open them.
import type { FileBlobsOptions } from '../../src/engines/embedded/blobs/file-blobs.ts';
import { FileBlobs, nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { systemRandom } from '../support/system-random.ts';

/** Of eight large bodies at the same time. */
const uploadBufferBytes = 16 * 1024 * 1024;

/** `options`: as the engine's; the disk of the machine, and an epoch of their own, unless they say another. */
export function openBlobs(
  directory: string,
  options: Partial<Omit<FileBlobsOptions, 'directory'>> = {},
): Promise<FileBlobs> {
  return FileBlobs.open({
    directory,
    epoch: systemRandom.bytes(6),
    random: systemRandom,
    fileSystem: nodeFileSystem,
    uploadBufferBytes,
    ...options,
  });
}
