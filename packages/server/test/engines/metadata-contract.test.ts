// The metadata contract over every engine there is.
import { openLmdbMetadata } from '../../src/engines/embedded/index.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { describeContract } from '../contract/contract-check.ts';
import { metadataContract } from '../contract/metadata-contract.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describeContract('memory', metadataContract, async () => new MemoryMetadata());

describeContract('embedded', metadataContract, async () =>
  openLmdbMetadata({
    path: await temporaryDirectory(),
    onFatal: (error) => {
      throw error;
    },
  }),
);
