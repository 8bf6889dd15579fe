// The metadata contract over every engine there is.
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { describeContract } from '../contract/contract-check.ts';
import { metadataContract } from '../contract/metadata-contract.ts';
import { openLmdb, stampBytes } from './open-lmdb.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describeContract('memory', metadataContract, async () => new MemoryMetadata());

const stamps = { embedded: stampBytes, 'embedded, knowing no stamps': 0 };
for (const [name, bytes] of Object.entries(stamps)) {
  describeContract(name, metadataContract, async () => openLmdb(await temporaryDirectory(), bytes));
}
