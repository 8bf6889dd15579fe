// Many clients at once: one winner where one is promised, no lost update, readers see whole objects
// and nothing else.
import { describe, expect, test } from 'vitest';
import { checkInvariants, rowsOf } from './invariants.ts';
import { engineNames, opener } from './machine.ts';
import { allBlobs, codeOf, contentOf, createBucket, owner, sweepAll } from './test-store.ts';

describe.each(engineNames)('over %s', (engine) => {
  const openTestStore = opener(engine);

  const clients = Array.from({ length: 16 }, (_, index) => index);

  test.each([10, 20_000])(
    '16 writers of one key, %i bytes: the last one stands alone',
    async (size) => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      await Promise.all(
        clients.map(async (client) => {
          for (let round = 0; round < 8; round += 1) {
            const body = Buffer.alloc(size, client);
            await test.store.objects.put(bucket, 'k', { body });
            const seen = await contentOf(test, bucket, 'k');
            expect(seen.length).toBe(size);
            expect(seen.equals(Buffer.alloc(size, seen[0]))).toBe(true);
          }
        }),
      );
      await checkInvariants(test.metadata, test.blobs, []);
      await sweepAll(test);
      expect((await rowsOf(test.metadata, 'D')).length + (await allBlobs(test.blobs)).length).toBe(
        1,
      );
    },
  );

  test.each([10, 20_000])('16 forbid-overwrite writers, %i bytes: one winner', async (size) => {
    for (let round = 0; round < 10; round += 1) {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      const codes = await Promise.all(
        clients.map((client) =>
          codeOf(
            test.store.objects.put(bucket, 'k', {
              body: Buffer.alloc(size, client),
              forbidOverwrite: true,
            }),
          ),
        ),
      );
      expect(codes.filter((code) => code === undefined).length).toBe(1);
      expect(codes.filter((code) => code === 'FileAlreadyExists').length).toBe(15);
      const winner = codes.indexOf(undefined);
      expect((await contentOf(test, bucket, 'k')).equals(Buffer.alloc(size, winner))).toBe(true);
      await checkInvariants(test.metadata, test.blobs, []);
      expect(await rowsOf(test.metadata, 'G')).toEqual([]);
    }
  });

  test('two processes, versioned: every acknowledged version is there, ids differ', async () => {
    const first = await openTestStore();
    const second = await openTestStore({ metadata: first.metadata, blobs: first.blobs });
    const bucket = await createBucket(first, 'bucket', 'enabled');
    const acknowledged = new Map<string, number>();
    await Promise.all(
      clients.map(async (client) => {
        const { store } = client % 2 === 0 ? first : second;
        for (let round = 0; round < 4; round += 1) {
          const body = Buffer.from(`${client}.${round}`);
          try {
            const { versionId } = await store.objects.put(bucket, 'k', { body });
            acknowledged.set(versionId ?? 'none', client * 10 + round);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('ServiceUnavailable');
          }
        }
      }),
    );
    expect(acknowledged.size).toBeGreaterThan(32);
    for (const [versionId, number] of acknowledged) {
      const content = await contentOf(first, bucket, 'k', versionId);
      expect(content.toString()).toBe(`${Math.floor(number / 10)}.${number % 10}`);
    }
    const ids = await checkInvariants(first.metadata, first.blobs, []);
    expect(ids.sort()).toEqual([...acknowledged.keys()].sort());
  });

  test('writers, deleters and sweeps together leave a store that adds up', async () => {
    const test = await openTestStore({ graceMs: 0, bucketsPerOwnerMax: 3 });
    await test.store.buckets.create('other', owner);
    const bucket = await createBucket(test, 'bucket', 'suspended');
    await Promise.all(
      clients.map(async (client) => {
        for (let round = 0; round < 6; round += 1) {
          const key = `k${(client + round) % 3}`;
          if (client % 3 === 0) await test.store.objects.delete(bucket, key);
          else await test.store.objects.put(bucket, key, { body: Buffer.alloc(client * 2000) });
          if (client === 1) await test.store.buckets.setVersioning(bucket, 'enabled');
          if (client === 2) await test.store.buckets.setVersioning(bucket, 'suspended');
          if (client === 5) expect((await test.store.sweeper.runOnce()).failures).toEqual([]);
        }
      }),
    );
    await checkInvariants(test.metadata, test.blobs, []);
  });

  test('two processes, markers on markers: every acknowledged marker is a version', async () => {
    for (const versioning of ['enabled', 'suspended'] as const) {
      const first = await openTestStore();
      const second = await openTestStore({ metadata: first.metadata, blobs: first.blobs });
      const bucket = await createBucket(first, 'bucket', versioning);
      await first.store.objects.delete(bucket, 'k');
      const ids: string[] = [];
      for (let round = 0; round < 20; round += 1) {
        const results = await Promise.all(
          [first, second].map(({ store }) => store.objects.delete(bucket, 'k')),
        );
        ids.push(...results.map(({ versionId }) => versionId ?? 'none'));
      }
      const stored = await checkInvariants(first.metadata, first.blobs, []);
      if (versioning === 'enabled') for (const id of ids) expect(stored).toContain(id);
      else expect(stored).toEqual([]);
    }
  });
});
