// The blob contract over every engine there is.
import { describe } from 'vitest';
import { MemoryBlobs } from '../../src/engines/memory/memory-blobs.ts';
import { blobContract, contractEpoch } from '../contract/blob-contract.ts';
import { describeContract } from '../contract/contract-check.ts';
import { systemRandom } from '../support/system-random.ts';
import { openBlobs } from './open-blobs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describeContract(
  'memory',
  blobContract,
  async () => new MemoryBlobs({ epoch: contractEpoch, random: systemRandom }),
);

describe.each([
  ['past the kernel’s cache where that can be', true],
  ['through the cache only', false],
])('large writes %s', (_how, directWrites) => {
  describeContract('embedded', blobContract, async () =>
    openBlobs(await temporaryDirectory(), { epoch: contractEpoch, directWrites }),
  );
});
