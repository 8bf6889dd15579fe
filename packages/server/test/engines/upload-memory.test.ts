// Which writes pass by the kernel's cache: whole pages of the engine's own memory, and nothing else. The
// engine knows it by itself; whoever writes only has memory, lent or any.
import { expect, test } from 'vitest';
import type { LentBuffers } from '../../src/core/ports/blobs.ts';
import { UploadMemory } from '../../src/engines/embedded/blobs/upload-memory.ts';
import { nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { pattern, readAll, whole } from '../contract/blobs/short-hand.ts';
import { type BlobHarness, blobHarness } from './blob-harness.ts';
import { wrapFileSystem } from './wrapped-file-system.ts';

/** An engine whose file system says how data came to it. */
async function watched(directWrites?: boolean): Promise<BlobHarness & { ways(): string[] }> {
  let ways: string[] = [];
  const fileSystem = wrapFileSystem(nodeFileSystem, (operation, run) => {
    if (operation === 'write' || operation === 'writePages') ways.push(operation);
    return run();
  });
  const harness = await blobHarness(fileSystem, directWrites);
  const taken = (): string[] => {
    const said = [...new Set(ways)];
    ways = [];
    return said;
  };
  return { ...harness, ways: taken };
}

/** The ways by which a blob's data went, before its trailer. */
async function waysOf(
  harness: BlobHarness & { ways(): string[] },
  bytes: Buffer,
): Promise<string[]> {
  bytes.set(pattern(bytes.length));
  const writer = await harness.blobs.create();
  await writer.write(bytes);
  const ways = harness.ways();
  const { length } = await writer.commit();
  harness.ways();
  const read = await readAll(harness.blobs, whole(writer.id, length));
  expect(read.equals(pattern(bytes.length))).toBe(true);
  return ways;
}

const lentBy = ({ blobs }: BlobHarness): Buffer =>
  (blobs.lend() as LentBuffers).buffers[0] as Buffer;

test('only whole pages of its own memory', async () => {
  const [harness, other] = [await watched(), await watched()];
  const own = lentBy(harness);
  // Not every file system can; it is asked in any case.
  expect(await waysOf(harness, own)).toContain('writePages');
  expect(await waysOf(harness, own.subarray(4_096, 45_056))).toContain('writePages');
  expect(await waysOf(harness, own.subarray(0, 40_000))).toEqual(['write']);
  expect(await waysOf(harness, own.subarray(1, 40_961))).toEqual(['write']);
  expect(await waysOf(harness, lentBy(other))).toEqual(['write']);
  expect(await waysOf(harness, Buffer.alloc(own.length))).toEqual(['write']);
  await harness.blobs.close();
  await other.blobs.close();
});

test('nothing at all when it is switched off', async () => {
  const harness = await watched(false);
  expect(await waysOf(harness, lentBy(harness))).toEqual(['write']);
  await harness.blobs.close();
});

test('a bounded number of sets is lent, and lent again', () => {
  // Bytes that make no whole set are nobody's.
  const memory = new UploadMemory(5 * 1024 * 1024);
  const [first, second] = [memory.lend(), memory.lend()];
  expect(first?.buffers.map(({ length }) => length)).toEqual(Array(4).fill(512 * 1024));
  expect(memory.lend()).toBeUndefined();
  first?.buffers[0]?.fill(1);
  first?.giveBack();
  const again = memory.lend();
  expect(again?.buffers[0]?.[0]).toBe(1);
  expect(second?.buffers[0]?.[0]).toBe(0);
  expect(memory.lend()).toBeUndefined();
});

test('what comes back after the close is nobody’s', () => {
  const memory = new UploadMemory(2 * 1024 * 1024);
  const lent = memory.lend() as LentBuffers;
  memory.close();
  expect(memory.hasWholePages(lent.buffers[0] as Buffer)).toBe(false);
  lent.giveBack();
  expect(memory.lend()).toBeUndefined();
});
