// Opens the engines a configuration asks for: the only file that names them.
import { join } from 'node:path';
import type { Blobs } from '../core/ports/blobs.ts';
import type { DomainTexts } from '../core/ports/domain-texts.ts';
import type { Metadata } from '../core/ports/metadata.ts';
import type { Random } from '../core/ports/random.ts';
import { resolverTexts } from '../engines/dns/resolver-texts.ts';
import type { FileSystem } from '../engines/embedded/disk/file-system.ts';
import type { CommitServer } from '../engines/embedded/index.ts';
import { MemoryBlobs } from '../engines/memory/memory-blobs.ts';
import { MemoryMetadata } from '../engines/memory/memory-metadata.ts';
import { loadMasterKey, masterKeyBytes, parseMasterKey } from './keys/master-key.ts';

export interface Engines {
  readonly metadata: Metadata;
  readonly blobs: Blobs;
  readonly masterKey: Buffer;
  /** Says where the server listens to whoever tries to start another on the same folder. */
  announce(addresses: readonly string[]): void;
  /** Absent where no other process has a share in it. */
  readonly sharing?: Sharing | undefined;
  close(): Promise<void>;
}

/** What workers need of the process that writes. */
export interface Sharing {
  /** Takes commits of the processes whose epochs `admits` knows. */
  acceptCommits(admits: (epoch: Buffer) => boolean): Promise<void>;
  /** Call when one of them has died. */
  forgetDeadReaders(): void;
}

export interface EngineOptions {
  /** Absent: memory. */
  readonly data: string | undefined;
  /** Other processes of this server read the folder as well. */
  readonly shared: boolean;
  readonly epoch: Buffer;
  readonly random: Random;
  /** Base64; from the environment. */
  readonly masterKey: string | undefined;
  /** Called when the metadata can no longer be written. */
  readonly onFatal: (error: Error) => void;
  /** Crash tests replace it. */
  readonly fileSystem?: FileSystem | undefined;
  /** Tests run both ways. */
  readonly directWrites?: boolean | undefined;
}

const masterKeySource = 'OSSKEEP_MASTER_KEY';

export async function openEngines(options: EngineOptions): Promise<Engines> {
  return options.data === undefined ? openMemory(options) : openEmbedded(options, options.data);
}

/** TXT records as these DNS servers know them; as the system's do when none is named. */
export function openDomainTexts(servers: readonly string[]): DomainTexts {
  return resolverTexts(servers);
}

function openMemory({ epoch, random, masterKey }: EngineOptions): Engines {
  const metadata = new MemoryMetadata();
  const blobs = new MemoryBlobs({ epoch, random });
  return {
    metadata,
    blobs,
    masterKey:
      masterKey === undefined
        ? random.bytes(masterKeyBytes)
        : parseMasterKey(masterKey, masterKeySource),
    announce: () => undefined,
    close: async () => {
      await blobs.close();
      await metadata.close();
    },
  };
}

async function openEmbedded(options: EngineOptions, data: string): Promise<Engines> {
  // Loaded only when it is used: in-memory servers in tests need no native module.
  const embedded = await import('../engines/embedded/index.ts');
  const { epoch, random, onFatal } = options;
  const fileSystem = options.fileSystem ?? embedded.nodeFileSystem;
  await embedded.prepareDirectory(data);
  const lock = await embedded.lockDirectory(data);
  try {
    await embedded.checkFormat(data);
    const masterKey =
      options.masterKey === undefined
        ? await loadMasterKey(data, random)
        : parseMasterKey(options.masterKey, masterKeySource);
    const path = join(data, 'metadata');
    const writing = options.shared ? await embedded.openLmdbWriter({ path, onFatal }) : undefined;
    const metadata = writing?.metadata ?? (await embedded.openJournaledMetadata({ path, onFatal }));
    const directory = join(data, 'blobs');
    const { directWrites } = options;
    const blobs = await embedded.FileBlobs.open({
      directory,
      epoch,
      random,
      fileSystem,
      directWrites,
    }).catch(async (error: unknown) => {
      await metadata.close();
      throw error;
    });
    let commits: CommitServer | undefined;
    return {
      metadata,
      blobs,
      masterKey,
      announce: (addresses) => lock.announce(addresses),
      sharing: writing && {
        acceptCommits: async (admits) => {
          const { CommitServer } = await embedded.commitSocket();
          const sink = writing.queue;
          commits = await CommitServer.listen({ directory: data, sink, admits });
        },
        forgetDeadReaders: writing.forgetDeadReaders,
      },
      close: async () => {
        await commits?.close();
        await blobs.close();
        await metadata.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

export interface WorkerEngineOptions {
  readonly data: string;
  readonly epoch: Buffer;
  readonly random: Random;
  readonly masterKey: Buffer;
  /** The process that writes is gone. */
  readonly onLost: () => void;
  readonly fileSystem?: FileSystem | undefined;
  /** Tests run both ways. */
  readonly directWrites?: boolean | undefined;
}

/** The engines of a process that has its commits written by another, which holds the folder's lock. */
export async function openWorkerEngines(
  options: WorkerEngineOptions,
): Promise<Pick<Engines, 'metadata' | 'blobs' | 'masterKey' | 'close'>> {
  const embedded = await import('../engines/embedded/index.ts');
  const { data, epoch, random, masterKey, onLost } = options;
  const fileSystem = options.fileSystem ?? embedded.nodeFileSystem;
  const { CommitClient } = await embedded.commitSocket();
  const sink = await CommitClient.connect({ directory: data, epoch, onLost });
  const metadata = await embedded.openLmdbWorker(join(data, 'metadata'), sink);
  const directory = join(data, 'blobs');
  const { directWrites } = options;
  const blobs = await embedded.FileBlobs.open({
    directory,
    epoch,
    random,
    fileSystem,
    directWrites,
  });
  return {
    metadata,
    blobs,
    masterKey,
    close: async () => {
      await blobs.close();
      await metadata.close();
    },
  };
}
