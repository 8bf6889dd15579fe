// A process that dies at its n-th call of an engine, for every n, before or after the call took
// effect; and one that goes on after a call failed. The next process finds a store that adds up:
// everything acknowledged is there, nothing else is left once it has swept.
import { describe, expect, test } from 'vitest';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { systemRandom } from '../support/system-random.ts';
import { Faults, faultyBlobs, faultyMetadata, SharedBlobs } from './fault-engines.ts';
import { checkInvariants, rowsOf } from './invariants.ts';
import {
  allBlobs,
  contentOf,
  getBucket,
  graceMs,
  openTestStore,
  owner,
  sweepAll,
  TestClock,
  type TestStore,
} from './test-store.ts';

const big = (fill: number) => Buffer.alloc(20_000, fill);
const small = (fill: number) => Buffer.alloc(100, fill);

/** What the client knows: the last acknowledged content of a key, and what may be there instead. */
class Oracle {
  readonly #sure = new Map<string, Buffer | undefined>();
  readonly #maybe = new Map<string, (Buffer | undefined)[]>();

  async write(key: string, content: Buffer | undefined, work: () => Promise<unknown>) {
    try {
      await work();
      this.#sure.set(key, content);
      this.#maybe.delete(key);
    } catch {
      this.#maybe.set(key, [...(this.#maybe.get(key) ?? []), content]);
    }
  }

  async check(test: TestStore): Promise<void> {
    const bucket = await getBucket(test);
    for (const key of new Set([...this.#sure.keys(), ...this.#maybe.keys()])) {
      const found = await contentOf(test, bucket, key).catch((error: { code?: string }) => {
        expect(error.code).toBe('NoSuchKey');
        return undefined;
      });
      const allowed = [this.#sure.get(key), ...(this.#maybe.get(key) ?? [])];
      const isAllowed = allowed.some((content) =>
        content === undefined ? found === undefined : found?.equals(content),
      );
      expect(isAllowed, `content of ${key}`).toBe(true);
    }
  }
}

/** Puts, overwrites, deletes, versions and sweeps; every step may fail. */
async function live(test: TestStore, oracle: Oracle): Promise<void> {
  const { store, clock } = test;
  const bucket = await getBucket(test);
  const put = (key: string, body: Buffer) =>
    oracle.write(key, body, () => store.objects.put(bucket, key, { body }));
  const remove = (key: string) =>
    oracle.write(key, undefined, () => store.objects.delete(bucket, key));
  await put('a', big(1));
  await put('a', big(2));
  await put('b', small(3));
  await put('b', big(4));
  await remove('a');
  await store.sweeper.runOnce();
  clock.advance(graceMs);
  await store.sweeper.runOnce();
  await store.buckets.setVersioning(bucket, 'enabled');
  await put('b', small(5));
  await put('c', big(6));
  await remove('b');
  await store.buckets.setVersioning(bucket, 'suspended');
  await put('c', big(7));
  await put('c', small(8));
  clock.advance(graceMs);
  await store.sweeper.runOnce();
  await store.renew();
}

async function prepare() {
  const metadata = new MemoryMetadata();
  const shared = new SharedBlobs();
  const clock = new TestClock();
  const boot = async (faults?: Faults): Promise<TestStore> => {
    const epoch = systemRandom.bytes(6);
    const blobs = shared.process(epoch);
    return openTestStore({
      clock,
      epoch,
      exclusive: true,
      metadata: faults === undefined ? metadata : faultyMetadata(metadata, faults),
      blobs: faults === undefined ? blobs : faultyBlobs(blobs, faults),
    });
  };
  const first = await boot();
  await first.store.buckets.create('bucket', owner);
  await first.store.close();
  return { metadata, boot };
}

async function callsOfALife(): Promise<number> {
  const { boot } = await prepare();
  const faults = new Faults({ at: Number.POSITIVE_INFINITY, tookEffect: true, processDies: true });
  await live(await boot(faults), new Oracle());
  return faults.calls;
}

async function deleteEverything(test: TestStore): Promise<void> {
  const bucket = await getBucket(test);
  await test.store.buckets.setVersioning(bucket, 'enabled');
  for (const letter of 'OM') {
    for (let rows = await rowsOf(test.metadata, letter); rows.length > 0; ) {
      for (const { key } of rows) {
        const name = key.toString('utf8', 9);
        const id = await latestId(test, name);
        await test.store.objects.delete(await getBucket(test), name, id);
      }
      rows = await rowsOf(test.metadata, letter);
    }
  }
  if ((await rowsOf(test.metadata, 'O')).length > 0) await deleteEverything(test);
}

async function latestId(test: TestStore, key: string): Promise<string> {
  try {
    return (await test.store.objects.get(await getBucket(test), key)).versionId ?? 'null';
  } catch (error) {
    return (error as { headers: Record<string, string> }).headers['x-oss-version-id'] ?? 'null';
  }
}

async function dieAt(at: number, tookEffect: boolean, processDies: boolean): Promise<boolean> {
  const { metadata, boot } = await prepare();
  const faults = new Faults({ at, tookEffect, processDies });
  const oracle = new Oracle();
  const failed = await boot(faults)
    .then((test) => live(test, oracle))
    .then(
      () => false,
      () => true,
    );
  const next = await boot();
  await oracle.check(next);
  await checkInvariantsDuring(metadata, next);
  await sweepAll(next);
  await sweepAll(next);
  await oracle.check(next);
  await checkInvariants(metadata, next.blobs, []);
  await deleteEverything(next);
  await sweepAll(next);
  expect(await allBlobs(next.blobs)).toEqual([]);
  for (const letter of 'OMVDG') expect(await rowsOf(metadata, letter)).toEqual([]);
  return failed || faults.calls > at;
}

/** Before the sweep orphans may be there, so every epoch counts as live. */
async function checkInvariantsDuring(metadata: MemoryMetadata, test: TestStore): Promise<void> {
  await checkInvariants(metadata, test.blobs, await test.blobs.epochs());
}

describe.each([
  ['dies', true],
  ['goes on', false],
])('a process that %s', (_what, processDies) => {
  test.each([
    ['before the call took effect', false],
    ['after the call took effect', true],
  ])('%s, at every call', { timeout: 120_000 }, async (_when, tookEffect) => {
    const calls = await callsOfALife();
    expect(calls).toBeGreaterThan(60);
    let hits = 0;
    for (let at = 0; at < calls; at += 1) {
      if (await dieAt(at, tookEffect, processDies)) hits += 1;
    }
    expect(hits).toBe(calls);
  });
});
