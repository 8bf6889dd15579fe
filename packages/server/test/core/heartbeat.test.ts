// Background work: heartbeats and sweeps run by themselves and end with the store.
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rowsOf } from './invariants.ts';
import { allBlobs, createBucket, openTestStore, type TestStore } from './test-store.ts';

async function pulse({ metadata }: TestStore): Promise<bigint | undefined> {
  return (await rowsOf(metadata, 'y'))[0]?.stamp;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await isDone()); tries += 1) await setTimeout(5);
  expect(await isDone()).toBe(true);
}

test('a shared store beats all the time, an exclusive one when it has news', async () => {
  const shared = await openTestStore({ heartbeatIntervalMs: 5 });
  const alone = await openTestStore({ heartbeatIntervalMs: 5, exclusive: true });
  const [first, silent] = [await pulse(shared), await pulse(alone)];
  await until(async () => (await pulse(shared)) !== first);
  await setTimeout(30);
  expect(await pulse(alone)).toBe(silent);
  const bucket = await createBucket(alone);
  await alone.store.objects.put(bucket, 'k', { body: Buffer.alloc(100_000) });
  await until(async () => (await pulse(alone)) !== silent);
  await shared.store.close();
  await alone.store.close();
});

test('sweeps by itself until it is closed', async () => {
  const test = await openTestStore({ sweepIntervalMs: 2, graceMs: 0 });
  const bucket = await createBucket(test);
  const putAndDelete = async (): Promise<void> => {
    await test.store.objects.put(bucket, 'k', { body: Buffer.alloc(100_000) });
    await test.store.objects.delete(bucket, 'k');
  };
  await putAndDelete();
  await until(async () => (await allBlobs(test.blobs)).length === 0);
  await test.store.close();
  const left = await rowsOf(test.metadata, 'Y');
  expect(left).toEqual([]);
});
