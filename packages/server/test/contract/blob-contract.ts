// What every blob engine promises (choices §9).
import fc from 'fast-check';
import { expect } from 'vitest';
import type { BlobId } from '../../src/core/ports/blob-id.ts';
import {
  BlobCorruptError,
  BlobMissingError,
  type Blobs,
  type LentBuffers,
} from '../../src/core/ports/blobs.ts';
import { pattern, put, readAll, whole } from './blobs/short-hand.ts';
import type { ContractCheck } from './contract-check.ts';

const chunk = 65_536;
const sizes = [
  ...[0, 1, 100, 32_767, 32_768, 40_000, chunk - 1, chunk, chunk + 1, 3 * chunk],
  ...[4 * chunk - 1, 4 * chunk, 4 * chunk + 1, 5 * chunk, 5 * chunk + 7, 9 * chunk + 1],
];

/** The epoch that the engine under test was opened with. */
export const contractEpoch: Buffer = Buffer.from('0a1b2c3d4e5f', 'hex');

type BlobCheck = ContractCheck<Blobs>;

const readChecks: readonly BlobCheck[] = [
  {
    name: 'blobs of every size come back',
    run: async (blobs) => {
      for (const size of sizes) {
        const bytes = pattern(size);
        const id = await put(blobs, bytes);
        const read = await readAll(blobs, whole(id, size));
        expect(read.equals(bytes), `size ${size}`).toBe(true);
      }
    },
  },
  {
    name: 'any part of any extent comes back, however it was written',
    run: async (blobs) => {
      const property = fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { minLength: 3, maxLength: 8 }),
        async (writes, spans) => {
          const length = writes.reduce((sum, size) => sum + size, 0);
          const bytes = pattern(length);
          const id = await put(blobs, bytes, writes);
          for (const numbers of spans) {
            const [offset, end] = ordered(numbers[0] % (length + 1), numbers[1] % (length + 1));
            const extent = { blob: id, offset, length: end - offset };
            const bound = extent.length + 1;
            const [from, to] = ordered(numbers[2] % bound, numbers[3] % bound);
            const read = await readAll(blobs, extent, from, to);
            expect(read.equals(bytes.subarray(offset + from, offset + to))).toBe(true);
          }
        },
      );
      await fc.assert(property, { numRuns: 25 });
    },
  },
  {
    name: 'a missing blob is reported before the first byte',
    run: async (blobs) => {
      const id = await put(blobs, pattern(10));
      await blobs.remove(id);
      await expect(readAll(blobs, whole(id, 10))).rejects.toThrow(BlobMissingError);
      const never = Buffer.alloc(16, 0xee);
      await expect(readAll(blobs, whole(never, 10))).rejects.toThrow(BlobMissingError);
    },
  },
  {
    name: 'an extent longer than its blob is reported as corrupt',
    run: async (blobs) => {
      for (const size of [10, chunk, 6 * chunk]) {
        const id = await put(blobs, pattern(size));
        const extent = { blob: id, offset: 0, length: size + 1 };
        await expect(readAll(blobs, extent)).rejects.toThrow(BlobCorruptError);
        await expect(readAll(blobs, extent, 0, 1)).rejects.toThrow(BlobCorruptError);
      }
    },
  },
  {
    name: 'a span outside its extent is refused',
    run: async (blobs) => {
      const id = await put(blobs, pattern(100));
      const extent = { blob: id, offset: 10, length: 50 };
      const spans = [
        [0, 51],
        [-1, 5],
        [6, 5],
        [0.5, 5],
        [0, Number.NaN],
      ] as const;
      for (const [from, to] of spans) {
        await expect(readAll(blobs, extent, from, to)).rejects.toThrow(RangeError);
      }
      expect(await readAll(blobs, extent, 50, 50)).toHaveLength(0);
    },
  },
  {
    name: 'a reader may stop early, and what it was given is its own',
    run: async (blobs) => {
      const bytes = pattern(9 * chunk);
      const id = await put(blobs, bytes);
      for await (const piece of blobs.read(whole(id, bytes.length), 0, bytes.length)) {
        piece.fill(0);
        break;
      }
      expect((await readAll(blobs, whole(id, bytes.length))).equals(bytes)).toBe(true);
    },
  },
];

const writeChecks: readonly BlobCheck[] = [
  {
    name: 'a chunk may be used again as soon as its write resolved',
    run: async (blobs) => {
      const writer = await blobs.create();
      const buffer = Buffer.alloc(20_000);
      const expected: Buffer[] = [];
      for (const letter of 'abcdefghij') {
        buffer.fill(letter);
        expected.push(Buffer.from(buffer));
        await writer.write(buffer);
      }
      buffer.fill('x');
      const { length } = await writer.commit();
      expect(length).toBe(200_000);
      const read = await readAll(blobs, whole(writer.id, length));
      expect(read.equals(Buffer.concat(expected))).toBe(true);
    },
  },
  {
    name: 'what is written from memory of the engine’s comes back, and the memory may be used again',
    run: async (blobs) => {
      for (let round = 0; round < 2; round += 1) {
        const lent = blobs.lend();
        const buffers = lent?.buffers ?? [Buffer.alloc(chunk * 8), Buffer.alloc(chunk * 8)];
        const writer = await blobs.create();
        const expected: Buffer[] = [];
        // Whole, in part, whole again where no page of the file begins any more.
        for (const [turn, share] of [1, 1, 1, 0.3, 1, 0.7, 1].entries()) {
          const buffer = buffers[turn % buffers.length] as Buffer;
          const piece = buffer.subarray(0, Math.ceil(buffer.length * share) - (turn % 2));
          piece.set(pattern(piece.length, turn + round));
          expected.push(Buffer.from(piece));
          await writer.write(piece);
          piece.fill(0);
        }
        lent?.giveBack();
        const { length } = await writer.commit();
        const read = await readAll(blobs, whole(writer.id, length));
        expect(read.equals(Buffer.concat(expected))).toBe(true);
      }
    },
  },
  {
    name: 'memory is lent to one at a time, so much and no more, and none when closed',
    run: async (blobs) => {
      const lent: LentBuffers[] = [];
      for (let next = blobs.lend(); next !== undefined; next = blobs.lend()) {
        lent.push(next);
        expect(lent.length).toBeLessThan(1_000);
      }
      const all = lent.flatMap(({ buffers }) => [...buffers]);
      for (const [value, buffer] of all.entries()) buffer.fill(value);
      for (const [value, buffer] of all.entries()) {
        expect(buffer.every((byte) => byte === value % 256)).toBe(true);
        expect(buffer.buffer).toBeInstanceOf(SharedArrayBuffer);
      }
      for (const each of lent) each.giveBack();
      for (const each of lent) each.giveBack();
      // What came back is there again, once.
      const again = lent.map(() => blobs.lend());
      expect(again.every((each) => each !== undefined)).toBe(true);
      expect(blobs.lend()).toBeUndefined();
      await blobs.close();
      for (const each of again) each?.giveBack();
      expect(blobs.lend()).toBeUndefined();
    },
  },
  {
    name: 'a blob ends once: committed or aborted, nothing more is written',
    run: async (blobs) => {
      const committed = await blobs.create();
      await committed.write(pattern(5));
      await committed.commit();
      await expect(committed.write(pattern(5))).rejects.toThrow();
      await expect(committed.commit()).rejects.toThrow();
      expect(await readAll(blobs, whole(committed.id, 5))).toHaveLength(5);
      const aborted = await blobs.create();
      await aborted.abort();
      await expect(aborted.write(pattern(5))).rejects.toThrow();
      await expect(aborted.commit()).rejects.toThrow();
    },
  },
  {
    name: 'abort removes what was written, also after a commit, also twice',
    run: async (blobs) => {
      const open = await blobs.create();
      await open.write(pattern(100_000));
      await open.abort();
      await open.abort();
      await expect(readAll(blobs, whole(open.id, 5))).rejects.toThrow(BlobMissingError);
      const committed = await blobs.create();
      await committed.write(pattern(5));
      await committed.commit();
      await committed.abort();
      await expect(readAll(blobs, whole(committed.id, 5))).rejects.toThrow(BlobMissingError);
      expect(await idsOf(blobs, contractEpoch)).toEqual([]);
    },
  },
  {
    name: 'many writers at once do not meet',
    run: async (blobs) => {
      const written = await Promise.all(
        Array.from({ length: 32 }, async (_, index) => {
          const bytes = pattern(1_000 * index + 1, index);
          return { bytes, id: await put(blobs, bytes, [500, 500, 1_000 * index - 999]) };
        }),
      );
      for (const { bytes, id } of written) {
        expect((await readAll(blobs, whole(id, bytes.length))).equals(bytes)).toBe(true);
      }
      expect(await idsOf(blobs, contractEpoch)).toHaveLength(32);
    },
  },
];

const lifeChecks: readonly BlobCheck[] = [
  {
    name: 'ids carry the epoch, count up and are listed by epoch',
    run: async (blobs) => {
      expect(await blobs.epochs()).toEqual([]);
      const ids: Buffer[] = [];
      for (let index = 0; index < 20; index += 1) ids.push(await put(blobs, pattern(3)));
      expect(ids.every((id) => id.length === 16)).toBe(true);
      expect(ids.every((id) => id.subarray(0, 6).equals(contractEpoch))).toBe(true);
      expect(ids.map((id) => id.readUInt32BE(6))).toEqual(ids.map((_, index) => index));
      expect(new Set(ids.map((id) => id.toString('hex', 10))).size).toBe(20);
      expect((await idsOf(blobs, contractEpoch)).sort()).toEqual(
        ids.map((id) => id.toString('hex')),
      );
      expect(await idsOf(blobs, Buffer.alloc(6, 9))).toEqual([]);
      expect(await blobs.epochs()).toEqual([contractEpoch]);
      for (const id of ids) await blobs.remove(id);
      expect(await blobs.epochs()).toEqual([]);
    },
  },
  {
    name: 'removing twice, or what never was, is no error',
    run: async (blobs) => {
      const id = await put(blobs, pattern(3));
      const other = await put(blobs, pattern(4));
      await blobs.remove(id);
      await blobs.remove(id);
      await blobs.remove(Buffer.alloc(16, 0xee));
      expect(await readAll(blobs, whole(other, 4))).toHaveLength(4);
    },
  },
  {
    name: 'a closed engine rejects',
    run: async (blobs) => {
      const id = await put(blobs, pattern(3));
      await blobs.close();
      await expect(blobs.create()).rejects.toThrow(/closed/);
      await expect(readAll(blobs, whole(id, 3))).rejects.toThrow(/closed/);
      await expect(blobs.remove(id)).rejects.toThrow(/closed/);
      await expect(blobs.epochs()).rejects.toThrow(/closed/);
    },
  },
];

export const blobContract: readonly BlobCheck[] = [...readChecks, ...writeChecks, ...lifeChecks];

function ordered(a: number, b: number): [number, number] {
  return a <= b ? [a, b] : [b, a];
}

async function idsOf(blobs: Blobs, epoch: Buffer): Promise<string[]> {
  const ids: BlobId[] = [];
  for await (const id of blobs.list(epoch)) ids.push(id);
  return ids.map((id) => id.toString('hex'));
}
