// Writes one blob file and makes it durable: exclusive create, data with a CRC per chunk, trailer,
// size check, fdatasync, close, fsync of the directory. Large blobs are synced in part while their data
// comes. Any failure removes the file; a failed sync is never tried again, because the kernel may have
// dropped the pages (durability reference §1, §3.1).
import type { BlobId } from '../../../core/ports/blob-id.ts';
import type { BlobWriter } from '../../../core/ports/blobs.ts';
import type { FileSystem, OpenFile } from '../disk/file-system.ts';
import { isPageStart } from '../disk/page-memory.ts';
import { chunkBytes, encodeTrailer, fileBytes } from './blob-format.ts';
import { crc32 } from './crc32.ts';
import type { UploadMemory } from './upload-memory.ts';

/** A blob's file, exclusively created. */
export interface BlobFile {
  readonly id: BlobId;
  readonly path: string;
  readonly file: OpenFile;
  /** Makes the entries of the file's directory durable. */
  readonly syncDirectory: () => Promise<void>;
}

/** Smaller writes are gathered; larger ones are worth a system call of their own. */
const gatherBytes = 65_536;
const directBytesMin = 32_768;
/** Data that is not left to the last sync: the disk works while the rest arrives. */
const earlySyncBytes = 8 * 1024 * 1024;

export class FileBlobWriter implements BlobWriter {
  readonly id: BlobId;
  readonly #path: string;
  readonly #syncDirectory: () => Promise<void>;
  readonly #file: OpenFile;
  readonly #fileSystem: FileSystem;
  readonly #direct: UploadMemory | undefined;
  readonly #crcs: number[] = [];
  #crc = 0;
  #inChunk = 0;
  #written = 0;
  #gathered: Buffer | undefined;
  #gatheredBytes = 0;
  #isOpen = true;
  #failure: Error | undefined;
  #closing: Promise<void> | undefined;
  #isRemoved = false;
  /** Never rejects: a failure is kept, and the blob is lost. */
  #earlySync: Promise<void> | undefined;
  /** Bytes written that had to go through the kernel's cache. */
  #cached = 0;
  /** Of those, at how many the next early sync begins. */
  #earlySyncAt = earlySyncBytes;

  /** Whole pages of `direct` pass by the kernel's cache; without it, nothing does. */
  constructor(blob: BlobFile, fileSystem: FileSystem, direct: UploadMemory | undefined) {
    this.id = blob.id;
    this.#path = blob.path;
    this.#syncDirectory = blob.syncDirectory;
    this.#file = blob.file;
    this.#fileSystem = fileSystem;
    this.#direct = direct;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#requireOpen();
    try {
      this.#digest(chunk);
      if (this.#gatheredBytes + chunk.length > gatherBytes) await this.#flush();
      if (this.#gatheredBytes === 0 && chunk.length >= directBytesMin) {
        await this.#append(chunk);
      } else {
        this.#gather(chunk);
      }
      this.#syncEarly();
    } catch (error) {
      // What is in the file no longer fits the checksums: nothing but abort may follow.
      this.#failure = error as Error;
      throw error;
    }
  }

  async commit(): Promise<{ readonly length: number }> {
    this.#requireOpen();
    this.#isOpen = false;
    try {
      return await this.#publish();
    } catch (failure) {
      // When the file cannot even be removed it is an orphan, which abort may try again to remove.
      await this.abort().catch(() => undefined);
      throw failure;
    }
  }

  async abort(): Promise<void> {
    this.#isOpen = false;
    if (this.#isRemoved) return;
    // The file goes, so what closing it says does not matter.
    await this.#close().catch(() => undefined);
    await this.#fileSystem.remove(this.#path);
    // Else a power cut could bring the file back after the sweep has forgotten it.
    await this.#syncDirectory();
    this.#isRemoved = true;
  }

  async #publish(): Promise<{ readonly length: number }> {
    if (this.#inChunk > 0) this.#endChunk();
    const length = this.#written + this.#gatheredBytes;
    const rest = this.#gathered?.subarray(0, this.#gatheredBytes) ?? Buffer.alloc(0);
    await this.#append(Buffer.concat([rest, encodeTrailer(this.id, length, this.#crcs)]));
    const size = await this.#file.size();
    if (size !== fileBytes(length)) {
      throw new Error(`A blob file has ${size} bytes where ${fileBytes(length)} belong.`);
    }
    // The kernel tells a failure once: after a sync that failed, the last one would find nothing wrong.
    await this.#earlySync;
    this.#throwFailure();
    await this.#file.fdatasync();
    await this.#close();
    await this.#syncDirectory();
    return { length };
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new Error('This blob was committed or aborted already.');
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure === undefined) return;
    throw new Error('An earlier write of this blob failed.', { cause: this.#failure });
  }

  #digest(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const end = Math.min(bytes.length, at + chunkBytes - this.#inChunk);
      this.#crc = crc32(bytes.subarray(at, end), this.#crc);
      this.#inChunk += end - at;
      at = end;
      if (this.#inChunk === chunkBytes) this.#endChunk();
    }
  }

  #endChunk(): void {
    this.#crcs.push(this.#crc);
    this.#crc = 0;
    this.#inChunk = 0;
  }

  #gather(chunk: Uint8Array): void {
    this.#gathered ??= Buffer.allocUnsafeSlow(gatherBytes);
    this.#gathered.set(chunk, this.#gatheredBytes);
    this.#gatheredBytes += chunk.length;
  }

  async #flush(): Promise<void> {
    if (this.#gathered === undefined || this.#gatheredBytes === 0) return;
    await this.#append(this.#gathered.subarray(0, this.#gatheredBytes));
    this.#gatheredBytes = 0;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const count = await this.#put(bytes.subarray(done));
      if (count <= 0) throw new Error('The disk took no bytes of a write.');
      done += count;
      this.#written += count;
    }
  }

  /** Bytes taken; may be fewer than given. */
  async #put(bytes: Uint8Array): Promise<number> {
    if (this.#direct?.hasWholePages(bytes) && isPageStart(this.#written)) {
      const count = await this.#file.writePages(bytes, this.#written);
      if (count !== undefined) return count;
    }
    const count = await this.#file.write(bytes, this.#written);
    this.#cached += count;
    return count;
  }

  /** Begins a sync of what is written, one at a time. Its failure is told by the blob's next call. */
  #syncEarly(): void {
    // What is on the disk already has nothing to gain.
    if (this.#earlySync !== undefined || this.#cached < this.#earlySyncAt) return;
    this.#earlySyncAt = this.#cached + earlySyncBytes;
    this.#earlySync = this.#file.fdatasync().then(
      () => {
        this.#earlySync = undefined;
      },
      (error: Error) => {
        this.#failure ??= error;
      },
    );
  }

  #close(): Promise<void> {
    this.#closing ??= (this.#earlySync ?? Promise.resolve()).then(() => this.#file.close());
    return this.#closing;
  }
}
