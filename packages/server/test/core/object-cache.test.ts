// Objects that are known: read without reading their rows again, and never older than the store.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import { countReads, Stores, seen } from './known-objects.ts';
import { engineNames } from './machine.ts';
import { codeOf, contentOf, createBucket, getBucket, owner, readAll } from './test-store.ts';

const large = 'large '.repeat(20_000);

describe.each(engineNames)('over %s', (engine) => {
  test.each([
    ['small', 'hello', 'ell'],
    ['large', large, 'arg'],
    ['empty', '', ''],
  ])(
    'a %s object is asked for once, and then only whether it is the same',
    async (_what, text, part) => {
      const stores = await Stores.over(engine);
      const { reading } = stores;
      await createBucket(stores.writing);
      await stores.put(text);
      await seen(reading);
      const bucket = await getBucket(reading);
      const calls = countReads(reading);
      const { objects } = reading.store;
      const { object, bytes } = await objects.open(bucket, 'k');
      expect((await readAll(bytes)).toString()).toBe(text);
      expect(await objects.get(bucket, 'k')).toBe(object);
      const slice = { from: Math.min(1, text.length), to: Math.min(4, text.length) };
      const opened = await objects.open(bucket, 'k', {}, () => slice);
      expect((await readAll(opened.bytes)).toString()).toBe(part);
      expect(opened.object).toBe(object);
      expect(calls).toEqual({ calls: 3, rows: 0 });
    },
  );

  test('objects are told apart where names of bucket and key run together', async () => {
    const { reading, writing } = await Stores.over(engine);
    for (const [name, key] of [
      ['abc', 'dk'],
      ['abcd', 'k'],
    ] as const) {
      const bucket = await createBucket(writing, name);
      await writing.store.objects.put(bucket, key, { body: Buffer.from(name) });
      expect((await contentOf(reading, bucket, key)).toString()).toBe(name);
    }
  });

  type Change = (stores: Stores, bucket: Bucket) => Promise<unknown>;
  const changes: Record<string, Change> = {
    'overwritten by other bytes': (stores) => stores.put('other'),
    'overwritten by the same bytes': (stores) => stores.put('first'),
    'overwritten by a large body': (stores) => stores.put(large),
    deleted: ({ writing }, bucket) => writing.store.objects.delete(bucket, 'k'),
    'deleted and put again': async (stores, bucket) => {
      await stores.writing.store.objects.delete(bucket, 'k');
      await stores.put('again');
    },
    'given an ACL': ({ writing }, bucket) =>
      writing.store.objects.setAcl(bucket, 'k', 'public-read'),
    'in a bucket that knows versions now': ({ writing }, bucket) =>
      writing.store.buckets.setVersioning(bucket, 'enabled'),
    'in a bucket whose versions are suspended': ({ writing }, bucket) =>
      writing.store.buckets.setVersioning(bucket, 'suspended'),
    'in a bucket that is gone': async ({ writing }, bucket) => {
      await writing.store.objects.delete(bucket, 'k');
      await writing.store.buckets.delete(bucket);
    },
    'in a bucket that is another one now': async (stores, bucket) => {
      await changes['in a bucket that is gone']?.(stores, bucket);
      await createBucket(stores.writing);
    },
    'put into another bucket of the same name': async (stores, bucket) => {
      await changes['in a bucket that is another one now']?.(stores, bucket);
      await stores.put('new');
    },
  };

  test.each(Object.entries(changes))('the next read sees an object %s', async (_how, change) => {
    const stores = await Stores.over(engine);
    await createBucket(stores.writing);
    await stores.put('first');
    const before = await stores.seen();
    await change(stores, await stores.bucket());
    expect(await stores.seen()).not.toEqual(before);
  });

  const versionChanges: Record<string, Change> = {
    'a new version': (stores) => stores.put('third'),
    'a delete marker': ({ writing }, bucket) => writing.store.objects.delete(bucket, 'k'),
    'an ACL of the latest': ({ writing }, bucket) =>
      writing.store.objects.setAcl(bucket, 'k', 'private'),
    'the latest version removed': async (stores, bucket) => {
      const { versionId } = (await stores.seen()) as { versionId: string };
      await stores.writing.store.objects.delete(bucket, 'k', versionId);
    },
    'a delete marker removed': async ({ writing }, bucket) => {
      const { versionId } = await writing.store.objects.delete(bucket, 'k');
      await seen(writing);
      await writing.store.objects.delete(bucket, 'k', versionId);
      await writing.store.objects.setAcl(bucket, 'k', 'private');
    },
    'versions suspended, and the null version put': async (stores, bucket) => {
      await stores.writing.store.buckets.setVersioning(bucket, 'suspended');
      await stores.put('null');
    },
  };

  test.each(Object.entries(versionChanges))(
    'with versions, the next read sees %s',
    async (_how, change) => {
      const stores = await Stores.over(engine);
      await createBucket(stores.writing, 'bucket', 'enabled');
      await stores.put('first');
      await stores.put('second');
      const before = await stores.seen();
      await change(stores, await stores.bucket());
      expect(await stores.seen()).not.toEqual(before);
    },
  );

  test('a small body that is replaced between its row and its bytes is read of one version', async () => {
    const stores = await Stores.over(engine);
    await createBucket(stores.writing);
    await stores.put('first');
    const { store, metadata } = stores.reading;
    const bucket = await getBucket(stores.reading);
    // Known, but not its bytes.
    expect((await store.objects.get(bucket, 'k')).smallBody).toBeUndefined();
    const { read } = metadata;
    metadata.read = async (query) => {
      metadata.read = read;
      const answer = await read.call(metadata, query);
      expect(answer.rows).toEqual(['unchanged']);
      await stores.put('replaced');
      return answer;
    };
    const { object, bytes } = await store.objects.open(bucket, 'k');
    expect([object.size, (await readAll(bytes)).toString()]).toEqual([8, 'replaced']);
  });
});

test('after whatever happens to a key, nothing older is seen', async () => {
  type Step = (stores: Stores, key: string) => Promise<unknown>;
  const steps: Record<string, Step> = {
    small: (stores, key) => stores.put('small', key),
    large: (stores, key) => stores.put(large, key),
    delete: async ({ writing }, key) => writing.store.objects.delete(await getBucket(writing), key),
    acl: async ({ writing }, key) =>
      writing.store.objects.setAcl(await getBucket(writing), key, 'private'),
    'remove latest': async (stores, key) => {
      const { versionId } = (await seen(stores.forgetful, key)) as { versionId?: string };
      await stores.writing.store.objects.delete(await stores.bucket(), key, versionId);
    },
    enable: async ({ writing }) =>
      writing.store.buckets.setVersioning(await getBucket(writing), 'enabled'),
    suspend: async ({ writing }) =>
      writing.store.buckets.setVersioning(await getBucket(writing), 'suspended'),
    'delete bucket': async ({ writing }) => writing.store.buckets.delete(await getBucket(writing)),
    'create bucket': ({ writing }) => writing.store.buckets.create('bucket', owner),
  };
  const step = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.constantFrom('a', 'b'));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15, size: 'max' }), async (history) => {
      const stores = await Stores.over('memory');
      await createBucket(stores.writing);
      for (const [name, key] of history) {
        // Refusals are no matter here.
        await codeOf(steps[name]?.(stores, key));
        await stores.seen('a');
        await stores.seen('b');
      }
    }),
    { numRuns: 60 },
  );
});
