// The commit loop: order, repetition, giving up, the fence.
import { describe, expect, test } from 'vitest';
import { FencedError, isCertainlyUndone, Transactor } from '../../src/core/context/transact.ts';
import { systemRandom } from '../../src/core/ports/random.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { codeOf, createBucket, openTestStore } from './test-store.ts';

const key = Buffer.from('Xcounter');
const fence = Buffer.from('Yfence');

async function increment(metadata: MemoryMetadata, transactor: Transactor, entity: string) {
  return transactor.run(entity, async () => {
    const row = (await metadata.read({ keys: [key] })).rows[0];
    const value = (row?.value.readUInt32BE() ?? 0) + 1;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    const check = [{ key, stamp: row?.stamp ?? null }];
    return { commit: { check, set: [{ key, value: bytes }] }, answer: () => value };
  });
}

test('plans of one entity never conflict and run in order', async () => {
  const metadata = new MemoryMetadata();
  const transactor = new Transactor(metadata, systemRandom, fence, () => undefined);
  let commits = 0;
  const commit = metadata.commit.bind(metadata);
  metadata.commit = (given) => {
    commits += 1;
    return commit(given);
  };
  const values = await Promise.all(
    Array.from({ length: 100 }, () => increment(metadata, transactor, 'one')),
  );
  expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(commits).toBe(100);
});

test('two processes at once: conflicts are planned again, no update is lost', async () => {
  const metadata = new MemoryMetadata();
  const values = await Promise.all(
    [1, 2].map(async () => {
      const transactor = new Transactor(metadata, systemRandom, fence, () => undefined);
      const own: number[] = [];
      for (let count = 0; count < 50; count += 1) {
        own.push(await increment(metadata, transactor, 'one'));
      }
      return own;
    }),
  );
  expect(new Set(values.flat()).size).toBe(100);
});

test('gives up with 503 after 64 tries', async () => {
  const metadata = new MemoryMetadata();
  const transactor = new Transactor(metadata, systemRandom, fence, () => undefined);
  let plans = 0;
  const work = transactor.run('one', async () => {
    plans += 1;
    return { commit: { check: [{ key, stamp: 99n }] }, answer: () => undefined };
  });
  expect(await codeOf(work)).toBe('ServiceUnavailable');
  expect(plans).toBe(64);
});

test('a failing plan does not hold up the next one', async () => {
  const metadata = new MemoryMetadata();
  const transactor = new Transactor(metadata, systemRandom, fence, () => undefined);
  const failing = transactor.run('one', () => Promise.reject(new Error('broken')));
  const next = increment(metadata, transactor, 'one');
  expect(await codeOf(failing)).toBe('Error: broken');
  expect(await next).toBe(1);
});

test('too long a queue is refused instead of growing', async () => {
  const metadata = new MemoryMetadata();
  const transactor = new Transactor(metadata, systemRandom, fence, () => undefined);
  const codes = await Promise.all(
    Array.from({ length: 1100 }, () => codeOf(increment(metadata, transactor, 'one'))),
  );
  expect(codes.filter((code) => code === undefined).length).toBe(1024);
  expect(codes.filter((code) => code === 'ServiceUnavailable').length).toBe(76);
});

describe('a process that was declared dead', () => {
  test('names nothing any more, removes its bytes, and is told', async () => {
    let told = 0;
    const test = await openTestStore({
      onFenced: () => {
        told += 1;
      },
    });
    const bucket = await createBucket(test);
    const fenceKey = Buffer.concat([Buffer.from('Y'), test.epoch]);
    await test.metadata.commit({ del: [fenceKey] });
    const put = test.store.objects.put(bucket, 'k', { body: Buffer.alloc(100_000) });
    const error = await put.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(FencedError);
    expect(isCertainlyUndone(error)).toBe(true);
    expect(told).toBe(1);
    expect(await test.blobs.epochs()).toEqual([]);
  });

  test('learns it from its heartbeat too', async () => {
    let told = 0;
    const test = await openTestStore({
      onFenced: () => {
        told += 1;
      },
    });
    await test.store.renew();
    expect(told).toBe(0);
    await test.metadata.commit({ del: [Buffer.concat([Buffer.from('Y'), test.epoch])] });
    await test.store.renew();
    expect(told).toBe(1);
  });
});
