// Power cuts: whenever one comes, every acknowledged blob is whole, and every removed one stays away
// (durability contract D1, D15). Without a sync the same test must lose something.
import { describe, expect, test } from 'vitest';
import type { BlobId } from '../../src/core/ports/blob-id.ts';
import { BlobMissingError, type LentBuffers } from '../../src/core/ports/blobs.ts';
import type { FileSystem } from '../../src/engines/embedded/disk/file-system.ts';
import type { FileBlobs } from '../../src/engines/embedded/index.ts';
import { pattern, put, readAll, whole } from '../contract/blobs/short-hand.ts';
import { CuttableDisk } from './cuttable-disk.ts';
import { openBlobs } from './open-blobs.ts';
import { type Around, type Operation, wrapFileSystem } from './wrapped-file-system.ts';

const sizes = [1, 20_000, 70_000, 200_000];
/** Whole pages, written from memory that the engine lends. */
const lentSize = 135_168;

interface Outcome {
  readonly acknowledged: number;
  readonly lost: number;
  /** Removed, and there again. */
  readonly returned: number;
  readonly isFinished: boolean;
}

/** Puts and removes until the machine dies at a call; then looks at what is left. */
async function runUntilCut(diesAt: number, misbehave: Around): Promise<Outcome> {
  const disk = new CuttableDisk();
  let calls = 0;
  const dying = wrapFileSystem(disk, async (operation, run) => {
    calls += 1;
    // From here on nothing happens and nobody is told.
    if (calls > diesAt) return new Promise(() => undefined);
    return misbehave(operation, run);
  });
  const kept = new Map<BlobId, Buffer>();
  const removed: BlobId[] = [];
  let isFinished = false;
  const work = async (): Promise<void> => {
    const blobs = await open(dying, Buffer.from('000000000001', 'hex'));
    const [buffer] = (blobs.lend() as LentBuffers).buffers as [Buffer];
    await Promise.all(
      [...sizes, lentSize].map(async (size, index) => {
        const bytes = pattern(size, index);
        const unwanted = await put(blobs, bytes);
        const lent = buffer.subarray(0, size);
        const isLent = size === lentSize;
        if (isLent) lent.set(bytes);
        kept.set(await (isLent ? put(blobs, lent) : put(blobs, bytes, [30_000])), bytes);
        await blobs.remove(unwanted);
        removed.push(unwanted);
        const aborted = await blobs.create();
        await aborted.write(bytes);
        await aborted.abort();
        removed.push(aborted.id);
      }),
    );
    isFinished = true;
  };
  const ended = work();
  ended.catch(() => undefined);
  for (let turns = 0; turns < 300 && !isFinished; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const found = await judge(disk.afterPowerCut(), kept, removed);
  return { acknowledged: kept.size, ...found, isFinished };
}

function open(fileSystem: FileSystem, epoch: Buffer): Promise<FileBlobs> {
  return openBlobs('/', { epoch, fileSystem, uploadBufferBytes: 2 * 1024 * 1024 });
}

async function judge(
  disk: CuttableDisk,
  kept: ReadonlyMap<BlobId, Buffer>,
  removed: readonly BlobId[],
): Promise<{ lost: number; returned: number }> {
  const blobs = await open(disk, Buffer.from('000000000002', 'hex'));
  let lost = 0;
  for (const [id, bytes] of kept) {
    const read = await readAll(blobs, whole(id, bytes.length)).catch(() => undefined);
    if (read?.equals(bytes) !== true) lost += 1;
  }
  let returned = 0;
  for (const id of removed) {
    const failure = await readAll(blobs, whole(id, 1)).catch((error: unknown) => error);
    if (!(failure instanceof BlobMissingError)) returned += 1;
  }
  return { lost, returned };
}

async function sweep(misbehave: Around): Promise<{ cuts: number; lost: number; returned: number }> {
  let [lost, returned] = [0, 0];
  for (let diesAt = 0; ; diesAt += 1) {
    const outcome = await runUntilCut(diesAt, misbehave);
    lost += outcome.lost;
    returned += outcome.returned;
    if (!outcome.isFinished) continue;
    expect(outcome.acknowledged).toBe(sizes.length + 1);
    return { cuts: diesAt, lost, returned };
  }
}

describe('a power cut at every call', () => {
  test('loses no acknowledged blob, and brings no removed one back', async () => {
    const ways = new Set<Operation>();
    const { cuts, lost, returned } = await sweep((operation, run) => {
      ways.add(operation);
      return run();
    });
    expect(cuts).toBeGreaterThan(60);
    expect(ways).toContain('writePages');
    expect({ lost, returned }).toEqual({ lost: 0, returned: 0 });
  });

  test('without fdatasync it loses some', async () => {
    const { lost } = await sweep(async (operation, run) =>
      operation === 'fdatasync' ? (undefined as never) : run(),
    );
    expect(lost).toBeGreaterThan(0);
  });

  test('without fsync of directories it loses some', async () => {
    const { lost } = await sweep(async (operation, run) =>
      operation === 'syncDirectory' ? (undefined as never) : run(),
    );
    expect(lost).toBeGreaterThan(0);
  });

  test('without the fsync after a removal a blob comes back', async () => {
    let removals = 0;
    const { returned } = await sweep(async (operation, run) => {
      if (operation === 'remove') removals += 1;
      if (operation === 'syncDirectory' && removals > 0) {
        removals -= 1;
        return undefined as never;
      }
      return run();
    });
    expect(returned).toBeGreaterThan(0);
  });
});
