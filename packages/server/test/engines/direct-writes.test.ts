// Writes past the kernel's cache: the same bytes in the same file, whatever the memory they come from and
// whatever the file system can.
import { constants, readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DirectWrites } from '../../src/engines/embedded/disk/direct-writes.ts';
import { allocatePages, isWholePages } from '../../src/engines/embedded/disk/page-memory.ts';
import { nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const page = 4_096;

function pagesOf(count: number, value: number): Buffer {
  return Buffer.from(allocatePages(count * page))
    .subarray(0, count * page)
    .fill(value);
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Flags of the handles that this process has of a file, by /proc. */
async function flagsOf(path: string): Promise<number[]> {
  const flags: number[] = [];
  for (const fd of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${fd}`).catch(() => '');
    if (target !== path) continue;
    const [, octal = ''] =
      /^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
    flags.push(Number.parseInt(octal, 8));
  }
  return flags;
}

test('whole pages are those of page memory that begin and end with one', () => {
  const memory = Buffer.from(allocatePages(3 * page));
  expect(memory.every((byte) => byte === 0)).toBe(true);
  expect(isWholePages(memory.subarray(0, page))).toBe(true);
  expect(isWholePages(memory.subarray(page, 3 * page))).toBe(true);
  expect(isWholePages(memory.subarray(1, page + 1))).toBe(false);
  expect(isWholePages(memory.subarray(0, page - 1))).toBe(false);
  expect(isWholePages(Buffer.from(new SharedArrayBuffer(page)))).toBe(false);
  expect(isWholePages(Buffer.alloc(page))).toBe(false);
});

describe('a file', () => {
  test('has what was written, by pages and otherwise, one over the other', async () => {
    const directory = await temporaryDirectory();
    const memory = Buffer.from(allocatePages(16 * page));
    const piece = fc.record({
      isOfPages: fc.boolean(),
      isAligned: fc.boolean(),
      position: fc.nat(20 * page),
      bytes: fc.integer({ min: 1, max: 4 * page }),
      value: fc.nat(255),
    });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        number += 1;
        const path = join(directory, `file-${number}`);
        const file = await nodeFileSystem.create(path);
        const expected = Buffer.alloc(24 * page + page);
        let end = 0;
        try {
          for (const { isOfPages, isAligned, position, bytes, value } of pieces) {
            const at = isAligned ? position - (position % page) : position;
            const length = isAligned ? Math.ceil(bytes / page) * page : bytes;
            const from = (isOfPages ? memory : Buffer.alloc(16 * page))
              .subarray(0, length)
              .fill(value);
            for (let done = 0; done < length; ) {
              done += await file.write(from.subarray(done), at + done);
            }
            expected.fill(value, at, at + length);
            end = Math.max(end, at + length);
          }
          await file.fdatasync();
          expect(await file.size()).toBe(end);
        } finally {
          await file.close();
        }
        expect((await readFile(path)).equals(expected.subarray(0, end))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.runIf(process.platform === 'linux')(
    'is opened a second time for whole pages only, and closed with both',
    async () => {
      const path = join(await temporaryDirectory(), 'file');
      const file = await nodeFileSystem.create(path);
      await file.write(Buffer.alloc(page), 0);
      expect(await flagsOf(path)).toHaveLength(1);
      await file.write(pagesOf(2, 1), page);
      await file.write(pagesOf(2, 2), 3 * page);
      // O_DIRECT is another bit on other processors; Node knows which. Not every file system has it.
      const flags = await flagsOf(path);
      expect(flags.length).toBeLessThanOrEqual(2);
      const canDirect = await open(path, constants.O_DIRECT).then(
        (handle) => handle.close().then(() => true),
        () => false,
      );
      expect(flags.some((value) => (value & constants.O_DIRECT) !== 0)).toBe(canDirect);
      await file.close();
      expect(await flagsOf(path)).toEqual([]);
    },
  );
});

describe('where the file system cannot', () => {
  test('open so, everything is written in the usual way, and it is not tried again', async () => {
    let opened = 0;
    const writes = new DirectWrites(async () => {
      opened += 1;
      throw failure('EINVAL');
    });
    expect(await writes.write(pagesOf(1, 1), 0)).toBeUndefined();
    expect(await writes.write(pagesOf(1, 1), page)).toBeUndefined();
    expect(opened).toBe(1);
    await writes.close();
  });

  test('write so, the same; the handle is closed at the end', async () => {
    let written = 0;
    let closed = 0;
    const writes = new DirectWrites(async () => ({
      write: async () => {
        written += 1;
        throw failure('EINVAL');
      },
      close: async () => {
        closed += 1;
      },
    }));
    expect(await writes.write(pagesOf(1, 1), 0)).toBeUndefined();
    expect(await writes.write(pagesOf(1, 1), page)).toBeUndefined();
    expect(written).toBe(1);
    await writes.close();
    expect(closed).toBe(1);
  });

  test('any other failure is told: it is the disk’s', async () => {
    const full = new DirectWrites(async () => ({
      write: async () => {
        throw failure('ENOSPC');
      },
      close: async () => undefined,
    }));
    await expect(full.write(pagesOf(1, 1), 0)).rejects.toThrow('ENOSPC');
    const refused = new DirectWrites(async () => {
      throw failure('EMFILE');
    });
    await expect(refused.write(pagesOf(1, 1), 0)).rejects.toThrow('EMFILE');
    await refused.close();
  });

  test('a path that is gone is an error, not another file', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'other'));
    const file = await nodeFileSystem.create(join(directory, 'file'));
    await nodeFileSystem.remove(join(directory, 'file'));
    await expect(file.write(pagesOf(1, 1), 0)).rejects.toThrow('ENOENT');
    await file.close();
  });
});
