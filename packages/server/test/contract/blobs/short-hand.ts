// Short words for the checks: bytes to write, a blob written, an extent read.
import type { BlobId } from '../../../src/core/ports/blob-id.ts';
import type { Blobs, Extent } from '../../../src/core/ports/blobs.ts';

/** Bytes that differ from chunk to chunk, so that a chunk in another's place is noticed. */
export function pattern(length: number, seed = 0): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >>> 8) * 7 + seed) & 0xff;
  return bytes;
}

/** Writes in pieces of the given sizes, the rest at once. */
export async function put(
  blobs: Blobs,
  bytes: Buffer,
  pieces: readonly number[] = [],
): Promise<BlobId> {
  const writer = await blobs.create();
  let at = 0;
  for (const size of pieces) {
    await writer.write(bytes.subarray(at, at + Math.max(0, size)));
    at = Math.min(bytes.length, at + Math.max(0, size));
  }
  await writer.write(bytes.subarray(at));
  const { length } = await writer.commit();
  if (length !== bytes.length) throw new Error(`${length} bytes committed of ${bytes.length}`);
  return writer.id;
}

export function whole(blob: BlobId, length: number): Extent {
  return { blob, offset: 0, length };
}

export async function readAll(
  blobs: Blobs,
  extent: Extent,
  from = 0,
  to: number = extent.length,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of blobs.read(extent, from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}
