// The blob contract over every engine there is.
import { systemRandom } from '../../src/core/ports/random.ts';
import { FileBlobs, nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { MemoryBlobs } from '../../src/engines/memory/memory-blobs.ts';
import { blobContract, contractEpoch } from '../contract/blob-contract.ts';
import { describeContract } from '../contract/contract-check.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describeContract('memory', blobContract, async () => new MemoryBlobs({ epoch: contractEpoch }));

describeContract('embedded', blobContract, async () =>
  FileBlobs.open({
    directory: await temporaryDirectory(),
    epoch: contractEpoch,
    random: systemRandom,
    fileSystem: nodeFileSystem,
  }),
);
