// What boot opens for a store to stand on, whichever engines they are: those of the process that owns the data,
// and those of a worker. This folder is the only one that names an engine.
import type { Blobs } from '../../core/ports/blobs.ts';
import type { Metadata } from '../../core/ports/metadata.ts';
import type { Random } from '../../core/ports/random.ts';
// Not through the engine's door: what stands in the types of the package must not lead to those of lmdb, which a
// user's TypeScript may not take.
import type { FileSystem } from '../../engines/embedded/disk/file-system.ts';

/** What every process has of them. */
export interface ProcessEngines {
  readonly metadata: Metadata;
  readonly blobs: Blobs;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  /** When nothing uses them any more. */
  close(): Promise<void>;
}

export interface Engines extends ProcessEngines {
  /** Says where the server listens to whoever tries to start another on the same folder. */
  announce(addresses: readonly string[]): void;
  /** Absent where no other process can have a share in it. */
  readonly sharing?: Sharing | undefined;
}

/** What workers need of the process that writes. */
export interface Sharing {
  /** Takes commits of the processes whose epochs `admits` knows. */
  acceptCommits(admits: (epoch: Buffer) => boolean): Promise<void>;
  /** Call when one of them has died. */
  forgetDeadReaders(): void;
}

/** How blob files are written; what tests replace. */
export interface DiskOptions {
  /** Crash tests replace it. */
  readonly fileSystem?: FileSystem | undefined;
  /** False: nothing passes by the kernel's cache. Tests run both ways. */
  readonly directWrites?: boolean | undefined;
}

export interface EngineOptions extends DiskOptions {
  /** Absent: memory. */
  readonly data: string | undefined;
  readonly epoch: Buffer;
  readonly random: Random;
  /** Base64; from the environment. */
  readonly masterKey: string | undefined;
  /** Memory for what is known of rows without reading them. */
  readonly stampBytes: number;
  /** Memory that is lent to large bodies; 0 = none. */
  readonly uploadBufferBytes: number;
  /** Called when the metadata can no longer be written. */
  readonly onFatal: (error: Error) => void;
}

export interface WorkerEngineOptions extends DiskOptions {
  readonly data: string;
  readonly epoch: Buffer;
  readonly random: Random;
  readonly masterKey: Buffer;
  /** As `EngineOptions` has it. */
  readonly uploadBufferBytes: number;
  /** The process that writes is gone. */
  readonly onLost: () => void;
}
