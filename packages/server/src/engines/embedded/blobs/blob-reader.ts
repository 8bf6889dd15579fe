// Reads bytes of a blob, each chunk checked against its CRC before any of it is passed on. A range read
// costs the chunks it touches; a small blob is one read between open and close.
import type { BlobId } from '../../../core/ports/blob-id.ts';
import { BlobCorruptError, BlobMissingError } from '../../../core/ports/blobs.ts';
import type { FileSystem, OpenFile } from '../disk/file-system.ts';
import {
  chunkBytes,
  chunkCount,
  crcBytes,
  crcPosition,
  decodeFooter,
  fileBytes,
  footerBytes,
  isFooterOf,
} from './blob-format.ts';
import { crc32 } from './crc32.ts';

export interface BlobSpan {
  readonly id: BlobId;
  /** Bytes [from, to) of the blob, at least one. */
  readonly from: number;
  readonly to: number;
  /** The first byte behind the extent: mostly the blob's end. */
  readonly end: number;
}

/** Chunks fetched by one read; one such piece is read ahead. */
const pieceChunks = 4;
/** A file whose rest has at most so many bytes is read to its end at once. */
const restBytesMax = (pieceChunks + 1) * chunkBytes;
/** Checksums fetched by one read: 64 KiB of them stand for 1 GiB of data. */
const tableBytesMax = 65_536;

export async function* readBlob(
  fileSystem: FileSystem,
  path: string,
  span: BlobSpan,
): AsyncGenerator<Buffer, void, undefined> {
  const file = await openBlob(fileSystem, path);
  let next: Promise<Buffer> | undefined;
  try {
    const chunks = await BlobChunks.locate(file, span);
    const last = chunkCount(span.to);
    const fetch = (chunk: number): Promise<Buffer> | undefined => {
      if (chunk >= last) return undefined;
      const piece = chunks.piece(chunk, Math.min(chunk + pieceChunks, last));
      // It is awaited below; until then its failure must not count as unhandled.
      piece.catch(() => undefined);
      return piece;
    };
    let chunk = Math.floor(span.from / chunkBytes);
    next = fetch(chunk);
    while (next !== undefined) {
      const data = await next;
      const start = chunk * chunkBytes;
      chunk += pieceChunks;
      next = fetch(chunk);
      yield data.subarray(Math.max(span.from - start, 0), span.to - start);
    }
  } finally {
    // Also when the consumer stops early: the handle is closed when nothing reads from it any more.
    await next?.catch(() => undefined);
    await file.close().catch(() => undefined);
  }
}

async function openBlob(fileSystem: FileSystem, path: string): Promise<OpenFile> {
  try {
    return await fileSystem.open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new BlobMissingError('A blob file is gone.', { cause: error });
    }
    throw error;
  }
}

/** Bytes of the file that are in memory already. */
interface Held {
  readonly position: number;
  readonly bytes: Buffer;
}

class BlobChunks {
  readonly #file: OpenFile;
  readonly #length: number;
  readonly #lastChunk: number;
  #held: Held;
  #table: Held;

  private constructor(file: OpenFile, length: number, to: number, held: Held) {
    this.#file = file;
    this.#length = length;
    this.#lastChunk = chunkCount(to);
    this.#held = held;
    this.#table = held;
  }

  /** Finds the blob's length, in one read when the extent ends where the blob does. */
  static async locate(file: OpenFile, span: BlobSpan): Promise<BlobChunks> {
    const rest = await readRest(file, span);
    if (rest !== undefined) return new BlobChunks(file, span.end, span.to, rest);
    const size = await file.size();
    if (size < footerBytes) throw new BlobCorruptError('A blob file is too short.');
    const position = size - footerBytes;
    const footer = await readExactly(file, footerBytes, position);
    const length = decodeFooter(span.id, footer, size);
    if (span.end > length) {
      throw new BlobCorruptError('A blob is shorter than the row that names it.');
    }
    return new BlobChunks(file, length, span.to, { position, bytes: footer });
  }

  /** The data of chunks [from, to), verified. */
  async piece(from: number, to: number): Promise<Buffer> {
    const start = from * chunkBytes;
    const stop = Math.min(to * chunkBytes, this.#length);
    const data =
      heldBytes(this.#held, start, stop) ?? (await readExactly(this.#file, stop - start, start));
    const crcs = await this.#crcs(from, to);
    for (let index = 0; index < to - from; index += 1) {
      const chunk = data.subarray(index * chunkBytes, (index + 1) * chunkBytes);
      if (crc32(chunk) !== crcs.readUInt32BE(index * crcBytes)) {
        throw new BlobCorruptError(`Chunk ${from + index} of a blob does not have its checksum.`);
      }
    }
    return data;
  }

  async #crcs(from: number, to: number): Promise<Buffer> {
    const position = crcPosition(this.#length, from);
    const stop = crcPosition(this.#length, to);
    const held = heldBytes(this.#table, position, stop);
    if (held !== undefined) return held;
    const tableEnd = crcPosition(this.#length, this.#lastChunk);
    const bytes = Math.min(tableBytesMax, tableEnd - position);
    this.#table = { position, bytes: await readExactly(this.#file, bytes, position) };
    return this.#table.bytes.subarray(0, stop - position);
  }
}

function heldBytes({ position, bytes }: Held, from: number, to: number): Buffer | undefined {
  if (from < position || to > position + bytes.length) return undefined;
  return bytes.subarray(from - position, to - position);
}

/**
 * Everything from the first chunk (of a small rest) or from its checksum on, if the blob ends with the
 * extent. Whatever does not look so is left to the slower way, which says what is wrong.
 */
async function readRest(file: OpenFile, { id, from, end }: BlobSpan): Promise<Held | undefined> {
  const size = fileBytes(end);
  const chunk = Math.floor(from / chunkBytes);
  const start = chunk * chunkBytes;
  const position = size - start <= restBytesMax ? start : crcPosition(end, chunk);
  const expected = size - position;
  if (position !== start && expected > tableBytesMax) return undefined;
  // One byte more than expected shows that the file ends there.
  const bytes = await readUpTo(file, expected + 1, position);
  if (bytes.length !== expected) return undefined;
  if (!isFooterOf(id, bytes.subarray(expected - footerBytes))) return undefined;
  if (decodeFooter(id, bytes.subarray(expected - footerBytes), size) !== end) return undefined;
  return { position, bytes };
}

async function readExactly(file: OpenFile, length: number, position: number): Promise<Buffer> {
  const bytes = await readUpTo(file, length, position);
  if (bytes.length < length) throw new BlobCorruptError('A blob file ends too early.');
  return bytes;
}

/** Fewer bytes only at the end of the file. */
async function readUpTo(file: OpenFile, length: number, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = await file.read(buffer.subarray(done), position + done);
    if (count <= 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}
