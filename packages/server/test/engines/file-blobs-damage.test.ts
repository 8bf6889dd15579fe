// Bytes that changed on the disk are noticed, wherever they stand, and never passed on (durability contract D9).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlobId } from '../../src/core/ports/blob-id.ts';
import { BlobCorruptError, type Blobs } from '../../src/core/ports/blobs.ts';
import { pattern, put, readAll, whole } from '../contract/blobs/short-hand.ts';
import { blobHarness } from './blob-harness.ts';

const chunk = 65_536;

/** What a reader got before it was told. */
async function readUntilTold(
  blobs: Blobs,
  id: BlobId,
  length: number,
): Promise<{ bytes: Buffer; failure: unknown }> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of blobs.read(whole(id, length), 0, length)) pieces.push(piece);
    return { bytes: Buffer.concat(pieces), failure: undefined };
  } catch (failure) {
    return { bytes: Buffer.concat(pieces), failure };
  }
}

function flip(position: number, mask: number): (bytes: Buffer) => Buffer {
  return (bytes) => {
    bytes[position] = (bytes[position] ?? 0) ^ mask;
    return bytes;
  };
}

describe('a damaged file is reported as corrupt', () => {
  test.each([
    { size: 1 },
    { size: 1_000 },
    { size: chunk },
    { size: chunk + 1 },
    { size: 7 * chunk + 11 },
  ])('one flipped bit anywhere, $size bytes', async ({ size }) => {
    const harness = await blobHarness();
    const bytes = pattern(size);
    const id = await put(harness.blobs, bytes);
    const chunks = Math.ceil(size / chunk);
    const fileBytes = size + chunks * 4 + 32;
    const edges = [0, size - 1, size, size + chunks * 4 - 1, size + chunks * 4, fileBytes - 1];
    const footer = Array.from({ length: 32 }, (_, index) => fileBytes - 32 + index);
    const positions = [...new Set([...edges, ...footer])];
    const position = fc.oneof(fc.constantFrom(...positions), fc.nat({ max: fileBytes - 1 }));
    const check = async (at: number, bit: number): Promise<void> => {
      await harness.damage(id, flip(at, 1 << bit));
      const { bytes: got, failure } = await readUntilTold(harness.blobs, id, size);
      await harness.damage(id, flip(at, 1 << bit));
      expect(failure).toBeInstanceOf(BlobCorruptError);
      expect(got.equals(bytes.subarray(0, got.length))).toBe(true);
    };
    for (const at of positions) await check(at, 0);
    await fc.assert(fc.asyncProperty(position, fc.nat({ max: 7 }), check), { numRuns: 40 });
    expect((await readAll(harness.blobs, whole(id, size))).equals(bytes)).toBe(true);
    await harness.blobs.close();
  });

  test('a file cut at any length, or longer than it was', async () => {
    const harness = await blobHarness();
    for (const size of [500, 5 * chunk + 9]) {
      const id = await put(harness.blobs, pattern(size));
      const path = await harness.pathOf(id);
      const fileBytes = size + Math.ceil(size / chunk) * 4 + 32;
      let original = Buffer.alloc(0);
      await harness.damage(id, (bytes) => {
        original = Buffer.from(bytes);
        return bytes;
      });
      expect(original, path).toHaveLength(fileBytes);
      const lengths = [0, 1, 31, 32, 33, size - 1, size, size + 4, fileBytes - 1];
      for (const length of lengths) {
        await harness.damage(id, () => original.subarray(0, length));
        await expect(readAll(harness.blobs, whole(id, size))).rejects.toThrow(BlobCorruptError);
      }
      await harness.damage(id, () => Buffer.concat([original, Buffer.alloc(1)]));
      await expect(readAll(harness.blobs, whole(id, size))).rejects.toThrow(BlobCorruptError);
    }
    await harness.blobs.close();
  });

  test('another blob of the same length in its place', async () => {
    const harness = await blobHarness();
    for (const size of [2_000, 6 * chunk]) {
      const mine = await put(harness.blobs, pattern(size, 1));
      const other = await put(harness.blobs, pattern(size, 2));
      await harness.move(other, mine);
      await expect(readAll(harness.blobs, whole(mine, size))).rejects.toThrow(BlobCorruptError);
    }
    await harness.blobs.close();
  });

  test('a range beside the damage is still served', async () => {
    const harness = await blobHarness();
    const size = 9 * chunk;
    const bytes = pattern(size);
    const id = await put(harness.blobs, bytes);
    await harness.damage(id, flip(8 * chunk + 5, 1));
    const read = await readAll(harness.blobs, whole(id, size), 100, 3 * chunk);
    expect(read.equals(bytes.subarray(100, 3 * chunk))).toBe(true);
    const over = readAll(harness.blobs, whole(id, size), 8 * chunk, 8 * chunk + 1);
    await expect(over).rejects.toThrow(BlobCorruptError);
    await harness.blobs.close();
  });
});
