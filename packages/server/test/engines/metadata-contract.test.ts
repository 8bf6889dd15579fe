// The metadata contract over every engine there is.
import { openJournaledMetadata, openLmdbMetadata } from '../../src/engines/embedded/index.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { describeContract } from '../contract/contract-check.ts';
import { metadataContract } from '../contract/metadata-contract.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describeContract('memory', metadataContract, async () => new MemoryMetadata());

const open = { embedded: openLmdbMetadata, 'embedded with a journal': openJournaledMetadata };
for (const [name, openMetadata] of Object.entries(open)) {
  describeContract(name, metadataContract, async () =>
    openMetadata({
      path: await temporaryDirectory(),
      onFatal: (error) => {
        throw error;
      },
    }),
  );
}
