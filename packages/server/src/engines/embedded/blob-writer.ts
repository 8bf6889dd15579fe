// Writes one blob file and makes it durable: exclusive create, data with a CRC per chunk, trailer,
// fdatasync, size check, close, fsync of the directory. Any failure removes the file; a failed sync is
// never tried again, because the kernel may have dropped the pages (reliability page §1, §3.1).
import { crc32 } from 'node:zlib';
import type { BlobId, BlobWriter } from '../../core/ports/blobs.ts';
import type { FileSystem, OpenFile } from '../../core/ports/file-system.ts';
import { chunkBytes, encodeTrailer, fileBytes } from './blob-format.ts';

export class FileBlobWriter implements BlobWriter {
  readonly id: BlobId;
  readonly #path: string;
  readonly #file: OpenFile;
  readonly #fileSystem: FileSystem;
  readonly #syncDirectory: () => Promise<void>;
  readonly #crcs: number[] = [];
  #crc = 0;
  #inChunk = 0;
  #length = 0;
  #state: 'open' | 'committed' | 'ended' = 'open';

  constructor(
    id: BlobId,
    path: string,
    file: OpenFile,
    fileSystem: FileSystem,
    syncDirectory: () => Promise<void>,
  ) {
    this.id = id;
    this.#path = path;
    this.#file = file;
    this.#fileSystem = fileSystem;
    this.#syncDirectory = syncDirectory;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#digest(chunk);
    await this.#writeAll(chunk, this.#length);
    this.#length += chunk.length;
  }

  async commit(): Promise<{ readonly length: number }> {
    this.#requireOpen();
    if (this.#inChunk > 0) this.#endChunk();
    try {
      await this.#writeAll(encodeTrailer(this.#length, this.#crcs), this.#length);
      await this.#file.fdatasync();
      const size = await this.#file.size();
      if (size !== fileBytes(this.#length)) {
        throw new Error(`A blob file has ${size} bytes where ${fileBytes(this.#length)} belong.`);
      }
    } catch (failure) {
      await this.abort();
      throw failure;
    }
    this.#state = 'ended';
    try {
      await this.#file.close();
      await this.#syncDirectory();
    } catch (failure) {
      await this.#fileSystem.remove(this.#path);
      throw failure;
    }
    this.#state = 'committed';
    return { length: this.#length };
  }

  async abort(): Promise<void> {
    if (this.#state === 'ended') return;
    if (this.#state === 'open') {
      this.#state = 'ended';
      // The file goes, so what closing it says does not matter.
      await this.#file.close().catch(() => undefined);
    }
    this.#state = 'ended';
    await this.#fileSystem.remove(this.#path);
  }

  #requireOpen(): void {
    if (this.#state !== 'open') throw new Error('This blob was committed or aborted already.');
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

  async #writeAll(bytes: Uint8Array, position: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const written = await this.#file.write(bytes.subarray(done), position + done);
      if (written <= 0) throw new Error('The disk took no bytes of a write.');
      done += written;
    }
  }
}
