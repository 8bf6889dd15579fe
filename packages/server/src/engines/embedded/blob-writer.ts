// Writes one blob file and makes it durable: exclusive create, data with a CRC per chunk, trailer,
// size check, fdatasync, close, fsync of the directory. Any failure removes the file; a failed sync is
// never tried again, because the kernel may have dropped the pages (reliability page §1, §3.1).
import { crc32 } from 'node:zlib';
import type { BlobId, BlobWriter } from '../../core/ports/blobs.ts';
import type { FileSystem, OpenFile } from '../../core/ports/file-system.ts';
import { chunkBytes, encodeTrailer, fileBytes } from './blob-format.ts';

export interface BlobPlace {
  readonly id: BlobId;
  readonly path: string;
  /** Makes the entries of the file's directory durable. */
  readonly syncDirectory: () => Promise<void>;
}

/** Smaller writes are gathered; larger ones are worth a system call of their own. */
const gatherBytes = 65_536;
const directBytesMin = 32_768;

export class FileBlobWriter implements BlobWriter {
  readonly id: BlobId;
  readonly #place: BlobPlace;
  readonly #file: OpenFile;
  readonly #fileSystem: FileSystem;
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

  constructor(place: BlobPlace, file: OpenFile, fileSystem: FileSystem) {
    this.id = place.id;
    this.#place = place;
    this.#file = file;
    this.#fileSystem = fileSystem;
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
    await this.#fileSystem.remove(this.#place.path);
    // Else a power cut could bring the file back after the sweep has forgotten it.
    await this.#place.syncDirectory();
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
    await this.#file.fdatasync();
    await this.#close();
    await this.#place.syncDirectory();
    return { length };
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new Error('This blob was committed or aborted already.');
    if (this.#failure !== undefined) {
      throw new Error('An earlier write of this blob failed.', { cause: this.#failure });
    }
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
      const count = await this.#file.write(bytes.subarray(done), this.#written);
      if (count <= 0) throw new Error('The disk took no bytes of a write.');
      done += count;
      this.#written += count;
    }
  }

  #close(): Promise<void> {
    this.#closing ??= this.#file.close();
    return this.#closing;
  }
}
