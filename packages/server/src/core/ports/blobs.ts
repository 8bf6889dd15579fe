// The blob port: immutable byte sequences under ids of our own making. A blob becomes visible to
// users only through a metadata row that names it, so an uncommitted one is garbage by definition.
import type { BlobId } from './blob-id.ts';

/** A run of bytes inside a blob. */
export interface Extent {
  readonly blob: BlobId;
  readonly offset: number;
  readonly length: number;
}

export interface BlobWriter {
  readonly id: BlobId;
  /** Waits for the disk's back-pressure. The chunk may be reused once the promise resolves. */
  write(chunk: Uint8Array): Promise<void>;
  /** Durable when it resolves, the directory entry included. Rejects and removes the file else. */
  commit(): Promise<{ readonly length: number }>;
  /** Removes what was written. Safe to call at any time, also after a failure. */
  abort(): Promise<void>;
}

/** Memory of the engine's, to gather a large body in: what is written from it costs the least. */
export interface LentBuffers {
  /** All of one size, hundreds of KiB; in memory that threads share. What stands in them is nobody's. */
  readonly buffers: readonly Buffer[];
  /** Nothing reads or writes them any more. Safe to call twice. */
  giveBack(): void;
}

export interface Blobs {
  create(): Promise<BlobWriter>;
  /** For one body; undefined when all there are is lent, or the engine has none: any memory will do then. */
  lend(): LentBuffers | undefined;
  /**
   * Bytes [from, to) of the extent, each chunk verified by its checksum before it is yielded.
   * Throws BlobMissingError before the first byte, BlobCorruptError where verification fails.
   */
  read(extent: Extent, from: number, to: number): AsyncIterable<Buffer>;
  /** Idempotent: an absent blob is removed already. */
  remove(id: BlobId): Promise<void>;
  /** Ids of all blobs of one process epoch; for the sweep of orphans. */
  list(epoch: Buffer): AsyncIterable<BlobId>;
  /** Epochs that have files. */
  epochs(): Promise<Buffer[]>;
  /** The memory it lends is let go as well. */
  close(): Promise<void>;
}

export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError';
}

export class BlobCorruptError extends Error {
  override readonly name = 'BlobCorruptError';
}
