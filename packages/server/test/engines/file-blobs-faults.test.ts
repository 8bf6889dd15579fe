// A disk that fails: whichever call it is, nothing is acknowledged, nothing stays, nothing leaks, and
// the next blob is written as if nothing had been (durability contract D10, D11).
import { describe, expect, test } from 'vitest';
import { because, onlyLinux } from '../../../../testing/skips.ts';
import type { BlobWriter, LentBuffers } from '../../src/core/ports/blobs.ts';
import { nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { pattern, put, readAll, whole } from '../contract/blobs/short-hand.ts';
import { type BlobHarness, blobHarness } from './blob-harness.ts';
import { fileWith, NthCallFails, type Operation, wrapFileSystem } from './wrapped-file-system.ts';

const linuxOnly = test.skipIf(onlyLinux);

/** Returns the failure, if any. `isLent`: what fits one buffer of the engine's is written from there. */
async function tryPut(
  harness: BlobHarness,
  bytes: Buffer,
  isLent: boolean,
): Promise<{ writer?: BlobWriter; failure?: Error }> {
  let writer: BlobWriter | undefined;
  const lent = isLent ? harness.blobs.lend() : undefined;
  const [buffer = Buffer.alloc(0)] = lent?.buffers ?? [];
  bytes.copy(buffer);
  try {
    writer = await harness.blobs.create();
    if (isLent) await writer.write(buffer);
    for (let at = buffer.length; at < bytes.length; at += 50_000) {
      await writer.write(bytes.subarray(at, at + 50_000));
    }
    await writer.commit();
    return { writer };
  } catch (error) {
    return { ...(writer === undefined ? {} : { writer }), failure: error as Error };
  } finally {
    lent?.giveBack();
  }
}

describe('the n-th call of a put fails', () => {
  const cases = ['EIO', 'ENOSPC'].flatMap((code) => [
    { code, size: 1_000, from: 'any memory' },
    { code, size: 300_000, from: 'any memory' },
    { code, size: 700_000, from: 'the engine’s memory' },
  ]);
  linuxOnly.each(cases)(
    `$code, $size bytes from $from${because(onlyLinux)}`,
    async ({ code, size, from }) => {
      const isLent = from !== 'any memory';
      const faults = new NthCallFails(code);
      const harness = await blobHarness(wrapFileSystem(nodeFileSystem, faults.around));
      const bytes = pattern(size);
      // The first blob also begins the making of the next directory, which is not what is asked here.
      await put(harness.blobs, pattern(1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const before = await harness.files();
      const operations: Operation[] = [];
      for (let failsAt = 0; ; failsAt += 1) {
        faults.arm(failsAt);
        const { writer, failure } = await tryPut(harness, bytes, isLent);
        const hit = faults.hit[0];
        faults.arm();
        if (hit === undefined) {
          expect(failure).toBeUndefined();
          break;
        }
        operations.push(hit);
        expect(failure?.message, `call ${failsAt}, ${hit}`).toContain('injected');
        // A failed write leaves removal to abort; a failed commit has removed the file itself.
        if (writer !== undefined) await writer.abort();
        expect(await harness.files(), `call ${failsAt}, ${hit}`).toEqual(before);
        expect(await harness.openHandles()).toEqual([]);
        const id = await put(harness.blobs, bytes);
        expect((await readAll(harness.blobs, whole(id, size))).equals(bytes)).toBe(true);
        await harness.blobs.remove(id);
      }
      const kinds = ['create', 'write', 'size', 'fdatasync', 'close', 'syncDirectory'];
      expect(new Set(operations)).toEqual(new Set(isLent ? [...kinds, 'writePages'] : kinds));
      await harness.blobs.close();
    },
  );

  test.each(['write', 'size', 'fdatasync', 'close', 'syncDirectory'] as const)(
    'a commit that fails at %s removes its file without being asked',
    async (failing) => {
      let isArmed = false;
      const harness = await blobHarness(
        wrapFileSystem(nodeFileSystem, async (operation, run) => {
          if (operation !== failing || !isArmed) return run();
          if (operation === 'close') await run();
          // The next directory is made in the background and synced too: it must not use up the fault.
          if (operation !== 'syncDirectory') isArmed = false;
          throw new Error('injected');
        }),
      );
      const writer = await harness.blobs.create();
      await writer.write(pattern(1_000));
      isArmed = true;
      await expect(writer.commit()).rejects.toThrow('injected');
      isArmed = false;
      expect(await harness.files()).toEqual([]);
      await harness.blobs.close();
    },
  );

  test('a sync that failed is never asked again for the same file', async () => {
    let syncs = 0;
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (operation !== 'fdatasync') return run();
        syncs += 1;
        throw new Error('injected');
      }),
    );
    await expect(put(harness.blobs, pattern(10))).rejects.toThrow('injected');
    expect(syncs).toBe(1);
    await harness.blobs.close();
  });

  test('a file that cannot be removed either is reported, and abort tries again', async () => {
    let failing: Operation[] = [];
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (!failing.includes(operation)) return run();
        throw new Error(`injected ${operation}`);
      }),
    );
    const writer = await harness.blobs.create();
    failing = ['fdatasync', 'remove'];
    await expect(writer.commit()).rejects.toThrow('injected fdatasync');
    await expect(writer.abort()).rejects.toThrow('injected remove');
    expect(await harness.files()).toHaveLength(1);
    failing = [];
    await writer.abort();
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });

  test('after a write that failed nothing can be committed', async () => {
    let isFailing = false;
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (isFailing && operation === 'write') throw new Error('injected');
        return run();
      }),
    );
    const writer = await harness.blobs.create();
    isFailing = true;
    await expect(writer.write(pattern(100_000))).rejects.toThrow('injected');
    isFailing = false;
    await expect(writer.commit()).rejects.toThrow(/earlier write/);
    await writer.abort();
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });
});

describe('syncs while the data comes', () => {
  const mib = 1024 * 1024;
  const write = async (writer: BlobWriter, pieces: number): Promise<void> => {
    for (let piece = 0; piece < pieces; piece += 1) await writer.write(pattern(mib, piece));
  };

  test('much data is synced in parts, and once more with its checksums', async () => {
    const operations: Operation[] = [];
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, (operation, run) => {
        operations.push(operation);
        return run();
      }),
    );
    const writer = await harness.blobs.create();
    await write(writer, 9);
    await writer.commit();
    expect(operations.filter((operation) => operation === 'fdatasync')).toHaveLength(2);
    expect(operations.lastIndexOf('write')).toBeLessThan(operations.lastIndexOf('fdatasync'));
    const bytes = await readAll(harness.blobs, whole(writer.id, 9 * mib));
    expect(bytes.subarray(8 * mib).equals(pattern(mib, 8))).toBe(true);
    await harness.blobs.close();
  });

  test('what passed by the cache needs none but the last', async () => {
    let syncs = 0;
    const harness = await blobHarness({
      ...nodeFileSystem,
      create: async (path) =>
        fileWith(await nodeFileSystem.create(path), (file) => ({
          // As where the file system can.
          writePages: (bytes, position) => file.write(bytes, position),
          fdatasync: async () => {
            syncs += 1;
            await file.fdatasync();
          },
        })),
    });
    const writer = await harness.blobs.create();
    const { buffers } = harness.blobs.lend() as LentBuffers;
    for (let mebibytes = 0; mebibytes < 20; mebibytes += 1) {
      for (const buffer of buffers.slice(0, 2)) await writer.write(buffer);
    }
    await writer.commit();
    expect(syncs).toBe(1);
    await harness.blobs.close();
  });

  // The kernel tells a failure once: the next sync of the same file would find nothing wrong.
  test.each([
    ['while data comes', 10],
    ['before the commit', 8],
  ])('one that failed is the last, and loses the blob: %s', async (_when, pieces) => {
    let syncs = 0;
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (operation !== 'fdatasync') return run();
        syncs += 1;
        throw new Error('injected');
      }),
    );
    const writer = await harness.blobs.create();
    const putting = write(writer, pieces).then(() => writer.commit());
    await expect(putting).rejects.toMatchObject({ cause: { message: 'injected' } });
    expect(syncs).toBe(1);
    await writer.abort();
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });

  test('a file is not closed while it is synced', async () => {
    let isSyncing = false;
    let closedWhileSyncing = false;
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (operation === 'close') closedWhileSyncing = isSyncing;
        if (operation !== 'fdatasync') return run();
        isSyncing = true;
        await new Promise((resolve) => setTimeout(resolve, 50));
        isSyncing = false;
        return run();
      }),
    );
    const writer = await harness.blobs.create();
    await write(writer, 9);
    expect(isSyncing).toBe(true);
    await writer.abort();
    expect(closedWhileSyncing).toBe(false);
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });
});

describe('short and lying calls', () => {
  test('short writes and short reads are gone on with', async () => {
    const harness = await blobHarness({
      ...nodeFileSystem,
      create: async (path) =>
        fileWith(await nodeFileSystem.create(path), (file) => ({
          write: (bytes, position) => file.write(bytes.subarray(0, 7_777), position),
          writePages: (bytes, position) => file.write(bytes.subarray(0, 77_777), position),
        })),
      open: async (path) =>
        fileWith(await nodeFileSystem.open(path), (file) => ({
          read: (buffer, position) => file.read(buffer.subarray(0, 3_333), position),
        })),
    });
    for (const size of [10_000, 500_000]) {
      const bytes = pattern(size);
      const id = await put(harness.blobs, bytes, [60_000]);
      expect((await readAll(harness.blobs, whole(id, size))).equals(bytes)).toBe(true);
    }
    const [buffer] = harness.blobs.lend()?.buffers ?? [];
    buffer?.set(pattern(buffer.length));
    const writer = await harness.blobs.create();
    await writer.write(buffer as Buffer);
    const { length } = await writer.commit();
    const read = await readAll(harness.blobs, whole(writer.id, length));
    expect(read.equals(pattern(length))).toBe(true);
    await harness.blobs.close();
  });

  test('a write that says more than it did is noticed before the blob is acknowledged', async () => {
    const harness = await blobHarness({
      ...nodeFileSystem,
      create: async (path) =>
        fileWith(await nodeFileSystem.create(path), (file) => ({
          write: async (bytes, position) => (await file.write(bytes.subarray(0, -1), position)) + 1,
        })),
    });
    await expect(put(harness.blobs, pattern(4_096))).rejects.toThrow(/bytes where/);
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });

  test('a disk that takes no bytes ends the put', async () => {
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        const result = await run();
        return operation === 'write' ? (0 as typeof result) : result;
      }),
    );
    await expect(put(harness.blobs, pattern(4_096))).rejects.toThrow(/took no bytes/);
    expect(await harness.files()).toEqual([]);
    await harness.blobs.close();
  });
});

describe('handles', () => {
  linuxOnly(`none stays open, however a read ends${because(onlyLinux)}`, async () => {
    const harness = await blobHarness();
    const length = 900_000;
    const id = await put(harness.blobs, pattern(length));
    for (let round = 0; round < 30; round += 1) {
      for await (const _piece of harness.blobs.read(whole(id, length), 0, length)) break;
      const unread = harness.blobs.read(whole(id, length), 0, length);
      await unread[Symbol.asyncIterator]().return?.(undefined);
      await readAll(harness.blobs, whole(id, length), 5, 6);
      const failing = async (): Promise<void> => {
        for await (const _piece of harness.blobs.read(whole(id, length), 0, length)) {
          throw new Error('the client went away');
        }
      };
      await expect(failing()).rejects.toThrow('went away');
    }
    await harness.damage(id, (bytes) => bytes.subarray(0, 100));
    await expect(readAll(harness.blobs, whole(id, length))).rejects.toThrow();
    expect(await harness.openHandles()).toEqual([]);
    await harness.blobs.close();
  });

  linuxOnly(`a read that fails on the disk closes its handle${because(onlyLinux)}`, async () => {
    let isFailing = false;
    const harness = await blobHarness(
      wrapFileSystem(nodeFileSystem, async (operation, run) => {
        if (isFailing && operation === 'read') throw new Error('injected EIO');
        return run();
      }),
    );
    const id = await put(harness.blobs, pattern(500_000));
    isFailing = true;
    await expect(readAll(harness.blobs, whole(id, 500_000))).rejects.toThrow('injected EIO');
    expect(await harness.openHandles()).toEqual([]);
    await harness.blobs.close();
  });
});
