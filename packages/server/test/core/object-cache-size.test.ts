// How many objects are known: their small bodies count, their large ones are no part of what is kept.
import { expect, test } from 'vitest';
import { countReads } from './known-objects.ts';
import { Machine } from './machine.ts';
import { createBucket, readAll } from './test-store.ts';

const body = Buffer.alloc(5_000, 'osskeep ');
const keys = Array.from({ length: 20 }, (_, at) => `key-${at}`);

/** How many are known, once all were read in order. */
async function known(objectCacheBytes: number, bytes: Buffer): Promise<number> {
  const machine = await Machine.over('memory');
  const test = await machine.boot({ objectCacheBytes });
  const bucket = await createBucket(test);
  const { objects } = test.store;
  const read = async (key: string) => readAll((await objects.open(bucket, key)).bytes);
  for (const key of keys) await objects.put(bucket, key, { body: bytes });
  for (const key of keys) await read(key);
  const calls = countReads(test);
  // From the last: what is found is not thrown out by what is not.
  for (const [count, key] of keys.toReversed().entries()) {
    await read(key);
    if (calls.rows > 0) return count;
  }
  return keys.length;
}

test('small bodies count', async () => {
  const count = await known(40_000, body);
  expect(count).toBeGreaterThanOrEqual(3);
  expect(count).toBeLessThanOrEqual(40_000 / (body.length + 1_024));
  expect(await known(2 * keys.length * 8_000, body)).toBe(keys.length);
});

test('large bodies do not, they are not kept', async () => {
  expect(await known(2 * keys.length * 2_000, Buffer.alloc(100_000))).toBe(keys.length);
});

test.each([0, 2 * 5_000])('nothing that half of %i bytes cannot take', async (bytes) => {
  expect(await known(bytes, body)).toBe(0);
});
