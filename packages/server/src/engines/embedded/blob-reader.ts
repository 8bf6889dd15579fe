// Reads bytes of a blob, each chunk checked against its CRC before any of it is passed on. A range read
// costs the chunks it touches; a small blob is one read.
import { crc32 } from 'node:zlib';
import { BlobCorruptError, BlobMissingError } from '../../core/ports/blobs.ts';
import type { FileSystem, OpenFile } from '../../core/ports/file-system.ts';
import { chunkBytes, chunkCount, crcBytes, decodeFooter, footerBytes } from './blob-format.ts';

/** Chunks fetched by one read. */
const chunksAtOnce = 4;
/** Files up to this size are read whole, trailer and all. */
const wholeFileMax = chunkBytes * chunksAtOnce;

async function readExactly(file: OpenFile, length: number, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = await file.read(buffer.subarray(done), position + done);
    if (count <= 0) throw new BlobCorruptError('A blob file ends too early.');
    done += count;
  }
  return buffer;
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

function checkChunk(chunk: Buffer, crcs: Buffer, index: number): void {
  if (crc32(chunk) !== crcs.readUInt32BE(index * crcBytes)) {
    throw new BlobCorruptError('A chunk of a blob does not have its checksum.');
  }
}

/** Bytes [from, to) of the blob; `end` is the first byte behind what the extent may use. */
export async function* readBlob(
  fileSystem: FileSystem,
  path: string,
  from: number,
  to: number,
  end: number,
): AsyncGenerator<Buffer, void, undefined> {
  const file = await openBlob(fileSystem, path);
  try {
    const size = await file.size();
    const isSmall = size <= wholeFileMax;
    if (size < footerBytes) throw new BlobCorruptError('A blob file is too short.');
    const whole = isSmall ? await readExactly(file, size, 0) : undefined;
    const footer =
      whole?.subarray(size - footerBytes) ??
      (await readExactly(file, footerBytes, size - footerBytes));
    const length = decodeFooter(footer, size);
    if (end > length) throw new BlobCorruptError('A blob is shorter than the row that names it.');
    if (from >= to) return;
    const firstChunk = Math.floor(from / chunkBytes);
    const lastChunk = chunkCount(to);
    for (let chunk = firstChunk; chunk < lastChunk; chunk += chunksAtOnce) {
      const until = Math.min(chunk + chunksAtOnce, lastChunk);
      const start = chunk * chunkBytes;
      const stop = Math.min(until * chunkBytes, length);
      const tableAt = length + chunk * crcBytes;
      const tableBytes = (until - chunk) * crcBytes;
      const crcs =
        whole?.subarray(tableAt, tableAt + tableBytes) ??
        (await readExactly(file, tableBytes, tableAt));
      const data = whole?.subarray(start, stop) ?? (await readExactly(file, stop - start, start));
      for (let index = 0; index < until - chunk; index += 1) {
        checkChunk(data.subarray(index * chunkBytes, (index + 1) * chunkBytes), crcs, index);
      }
      yield data.subarray(Math.max(from - start, 0), Math.min(to, stop) - start);
    }
  } finally {
    await file.close();
  }
}
