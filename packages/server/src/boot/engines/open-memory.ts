// A server without a data folder: everything is in memory, and gone when it stops.
import { MemoryBlobs } from '../../engines/memory/memory-blobs.ts';
import { MemoryMetadata } from '../../engines/memory/memory-metadata.ts';
import { masterKeyBytes, parseMasterKey } from '../keys/master-key.ts';
import type { EngineOptions, Engines } from './engines.ts';

export function openMemory({ epoch, random, masterKey }: EngineOptions): Engines {
  const metadata = new MemoryMetadata();
  const blobs = new MemoryBlobs({ epoch, random });
  return {
    metadata,
    blobs,
    masterKey: masterKey === undefined ? random.bytes(masterKeyBytes) : parseMasterKey(masterKey),
    announce: () => undefined,
    close: async () => {
      await blobs.close();
      await metadata.close();
    },
  };
}
