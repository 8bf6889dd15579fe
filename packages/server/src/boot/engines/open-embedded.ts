// The engines of a server with a data folder, in the process that has the folder's lock and writes.
import { join } from 'node:path';
import { loadMasterKey, parseMasterKey } from '../keys/master-key.ts';
import { type ClosingStack, openOrClose } from '../process/closing-stack.ts';
import type { DiskOptions, EngineOptions, Engines, Sharing } from './engines.ts';

// Loaded only when it is used: in-memory servers in tests need no native module.
type Embedded = typeof import('../../engines/embedded/index.ts');
type Writing = Awaited<ReturnType<Embedded['openLmdbWriter']>>;

export async function openEmbedded(options: EngineOptions, data: string): Promise<Engines> {
  const embedded = await import('../../engines/embedded/index.ts');
  return openOrClose(async (opened) => {
    await embedded.prepareDirectory(data);
    const lock = await embedded.lockDirectory(data);
    opened.add(() => lock.release());
    await embedded.checkFormat(data);
    const masterKey = await masterKeyOf(options, data);
    const path = join(data, 'metadata');
    const { onFatal, stampBytes } = options;
    const writing = await embedded.openLmdbWriter({ path, onFatal, stampBytes });
    const { metadata } = writing;
    opened.add(() => metadata.close());
    const blobs = await embedded.FileBlobs.open(blobOptions(embedded, data, options));
    opened.add(() => blobs.close());
    return {
      metadata,
      blobs,
      masterKey,
      announce: (addresses) => lock.announce(addresses),
      sharing: sharingOf(embedded, data, writing, opened),
      close: () => opened.close(),
    };
  });
}

/** What blobs are opened with, the same in every process of a server. */
export function blobOptions(
  embedded: Embedded,
  data: string,
  options: DiskOptions & Pick<EngineOptions, 'epoch' | 'random' | 'uploadBufferBytes'>,
): Parameters<Embedded['FileBlobs']['open']>[0] {
  const { epoch, random, fileSystem = embedded.nodeFileSystem } = options;
  const { directWrites, uploadBufferBytes } = options;
  const directory = join(data, 'blobs');
  return { directory, epoch, random, fileSystem, directWrites, uploadBufferBytes };
}

async function masterKeyOf({ masterKey, random }: EngineOptions, data: string): Promise<Buffer> {
  return masterKey === undefined ? loadMasterKey(data, random) : parseMasterKey(masterKey);
}

function sharingOf(
  embedded: Embedded,
  data: string,
  writing: Writing,
  opened: ClosingStack,
): Sharing {
  return {
    acceptCommits: async (admits) => {
      const { CommitServer } = await embedded.commitSocket();
      const sink = writing.queue;
      const commits = await CommitServer.listen({ directory: data, sink, admits });
      opened.add(() => commits.close());
    },
    forgetDeadReaders: writing.forgetDeadReaders,
  };
}
