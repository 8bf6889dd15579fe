// Commits of unknown outcome: the process looks where they would have put their blob, and finds out the
// truth whatever became of the key since and becomes of it while it looks; at a cost that does not grow
// with the bucket.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../../../src/core/buckets/bucket.ts';
import type { Commit, Metadata, Outcome } from '../../../../src/core/ports/metadata.ts';
import { decodeGarbage } from '../../../../src/core/records/garbage.ts';
import { MemoryMetadata } from '../../../../src/engines/memory/memory-metadata.ts';
import { CountingMetadata } from '../../../support/counting-metadata.ts';
import { InjectedFault } from '../../fault-engines.ts';
import { checkInvariants, rowsOf } from '../../invariants.ts';
import {
  allBlobs,
  codeOf,
  contentOf,
  createBucket,
  getBucket,
  graceMs,
  openTestStore,
  sweepAll,
  type TestStore,
} from '../../test-store.ts';

/** Of commits to come, one loses its answer; and something may happen before each read. */
class Unsteady extends MemoryMetadata {
  loseNext: 'made' | 'not made' | undefined;
  beforeRead: (() => Promise<void>) | undefined;

  override async commit(commit: Commit): Promise<Outcome> {
    const lost = this.loseNext;
    this.loseNext = undefined;
    if (lost === 'not made') throw new InjectedFault('nothing happened');
    const outcome = await super.commit(commit);
    if (lost === 'made') throw new InjectedFault('it happened, the answer is lost');
    return outcome;
  }

  override async read(query: Parameters<Metadata['read']>[0]) {
    await this.beforeRead?.();
    return super.read(query);
  }
}

interface Scene extends TestStore {
  readonly metadata: Unsteady;
  readonly bucket: Bucket;
}

type Versioning = 'never' | 'enabled' | 'suspended';
/** Larger than what a row holds. */
const large = (fill: number): Buffer => Buffer.alloc(10_000, fill);

async function scene(versioning: Versioning): Promise<Scene> {
  const metadata = new Unsteady();
  const test = await openTestStore({ metadata });
  return { ...test, metadata, bucket: await createBucket(test, 'bucket', versioning) };
}

async function putAndLose({ store, metadata, bucket }: Scene, key: string, how: Outcomes) {
  metadata.loseNext = how;
  const put = store.objects.put(bucket, key, { body: large(9) });
  expect(await codeOf(put)).toContain('InjectedFault');
}

type Outcomes = 'made' | 'not made';

/** What happens to a key besides. None of it fails. */
const happenings = {
  replaced: ({ store, bucket }: Scene, key: string) =>
    store.objects.put(bucket, key, { body: large(1) }),
  'replaced by a small one': ({ store, bucket }: Scene, key: string) =>
    store.objects.put(bucket, key, { body: Buffer.of(1) }),
  deleted: ({ store, bucket }: Scene, key: string) => store.objects.delete(bucket, key),
  'its latest version removed': async ({ store, bucket }: Scene, key: string) => {
    const { versions } = await store.objects.listVersions(bucket, { prefix: key, limit: 1 });
    const id = versions[0]?.versionId;
    if (id !== undefined) await store.objects.delete(bucket, key, id);
  },
  'its oldest version removed': async ({ store, bucket }: Scene, key: string) => {
    const { versions } = await store.objects.listVersions(bucket, { prefix: key, limit: 1000 });
    const id = versions.at(-1)?.versionId;
    if (id !== undefined) await store.objects.delete(bucket, key, id);
  },
  'the queue emptied': async ({ store, clock }: Scene) => {
    for (let round = 0; round < 2; round += 1) {
      clock.advance(graceMs);
      await garbageOnly(store);
    }
  },
} as const;

/** Sweeps while the sweep of own blobs is under way: its next round waits, the others run. */
async function garbageOnly(store: TestStore['store']): Promise<void> {
  void store.sweeper.runOnce();
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

type Happening = keyof typeof happenings;

/** Sweeps; before its n-th look something happens, and each happening at once and whole. */
async function sweepWhile(at: Scene, key: string, plan: readonly (readonly Happening[])[]) {
  const { metadata, store, clock } = at;
  clock.advance(graceMs);
  let look = 0;
  let isBusy = false;
  metadata.beforeRead = async () => {
    if (isBusy) return;
    isBusy = true;
    for (const name of plan[look] ?? []) await happenings[name](at, key);
    look += 1;
    isBusy = false;
  };
  const { failures } = await store.sweeper.runOnce();
  metadata.beforeRead = undefined;
  expect(failures).toEqual([]);
}

/** Freed bodies have a grace of their own, for whoever reads them: no look takes it from them. */
async function expectQueuedUntouched({ metadata, blobs }: Scene): Promise<void> {
  const there = await allBlobs(blobs);
  for (const { value } of await rowsOf(metadata, 'G')) {
    const garbage = decodeGarbage(value);
    if (garbage.kind !== 'body' || garbage.isDead || garbage.body.kind !== 'single') continue;
    expect(there).toContain(garbage.body.extent.id.toString('hex'));
  }
}

async function expectTruth(at: Scene): Promise<void> {
  await expectQueuedUntouched(at);
  await sweepAll(at);
  await sweepAll(at);
  // Every body of a version can be read, and no blob is there that no row names.
  await checkInvariants(at.metadata, at.blobs, []);
}

const names = Object.keys(happenings) as Happening[];
/** Garbage queue, then O and V, then G again, then heartbeats. */
const looks = [0, 1, 2, 3];

describe.each(['never', 'enabled', 'suspended'] as const)('versioning %s', (versioning) => {
  test.each(['made', 'not made'] as const)('a commit that was %s, left alone', async (how) => {
    const at = await scene(versioning);
    await putAndLose(at, 'k', how);
    expect(await allBlobs(at.blobs)).toHaveLength(1);
    at.clock.advance(graceMs - 1);
    expect((await at.store.sweeper.runOnce()).orphans).toBe(0);
    at.clock.advance(1);
    const isMade = how === 'made';
    expect((await at.store.sweeper.runOnce()).orphans).toBe(isMade ? 0 : 1);
    expect(await allBlobs(at.blobs)).toHaveLength(isMade ? 1 : 0);
    const read = contentOf(at, at.bucket, 'k');
    expect(await codeOf(read)).toBe(isMade ? undefined : 'NoSuchKey');
    // Decided: what a later process has to look at begins behind it.
    await at.store.close();
    expect((await rowsOf(at.metadata, 'y'))[0]?.value.readUInt8(1)).toBe(1);
    await checkInvariants(at.metadata, at.blobs, []);
  });

  test.each(names.flatMap((name) => looks.map((look) => [name, look] as const)))(
    '%s before look %i',
    async (name, look) => {
      for (const how of ['made', 'not made'] as const) {
        const at = await scene(versioning);
        await at.store.objects.put(at.bucket, 'k', { body: large(0) });
        await putAndLose(at, 'k', how);
        const plan: Happening[][] = [[], [], [], []];
        plan[look] = [name];
        await sweepWhile(at, 'k', plan);
        await expectTruth(at);
      }
    },
  );

  test('any history, and anything while it looks', async () => {
    const some = fc.array(fc.constantFrom(...names), { maxLength: 3 });
    const history = fc.array(
      fc.oneof(fc.constantFrom(...names), fc.constantFrom<Outcomes>('made', 'not made')),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(some, { minLength: 4, maxLength: 6 }),
        async (before, plan) => {
          const at = await scene(versioning);
          for (const step of before) {
            if (step === 'made' || step === 'not made') await putAndLose(at, 'k', step);
            else await happenings[step](at, 'k');
          }
          await sweepWhile(at, 'k', plan);
          await expectTruth(at);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a blob that fails keeps none from its turn, and stays undecided', () => {
  async function threeLeft() {
    const at = await scene('never');
    for (const key of ['first', 'second', 'third']) await putAndLose(at, key, 'not made');
    at.clock.advance(graceMs);
    return at;
  }

  /** Once nothing fails any more. */
  async function expectLast(at: Scene): Promise<void> {
    expect(await allBlobs(at.blobs)).toHaveLength(1);
    expect(await at.store.sweeper.runOnce()).toMatchObject({ orphans: 1, failures: [] });
    expect(await allBlobs(at.blobs)).toEqual([]);
    await at.store.close();
    // The heartbeat says that all is decided.
    expect((await rowsOf(at.metadata, 'y'))[0]?.value.readUInt8(1)).toBe(1);
  }

  test('when it is removed', async () => {
    const at = await threeLeft();
    const remove = at.blobs.remove.bind(at.blobs);
    at.blobs.remove = async () => {
      at.blobs.remove = remove;
      throw new InjectedFault('stuck');
    };
    const { orphans, failures } = await at.store.sweeper.runOnce();
    expect([orphans, failures.map(String)]).toEqual([2, ['InjectedFault: stuck']]);
    await expectLast(at);
  });

  test('when it is looked for', async () => {
    const at = await threeLeft();
    let look = 0;
    at.metadata.beforeRead = async () => {
      look += 1;
      // After the garbage queue.
      if (look === 2) throw new InjectedFault('unreadable');
    };
    const { orphans, failures } = await at.store.sweeper.runOnce();
    at.metadata.beforeRead = undefined;
    expect([orphans, failures.map(String)]).toEqual([2, ['InjectedFault: unreadable']]);
    await expectLast(at);
  });
});

test('in a history of more versions than one look takes', async () => {
  const at = await scene('enabled');
  await putAndLose(at, 'k', 'made');
  await putAndLose(at, 'other', 'not made');
  for (let count = 0; count < 1100; count += 1) {
    await at.store.objects.put(at.bucket, 'k', { body: Buffer.of(1) });
  }
  const { versions } = await at.store.objects.listVersions(at.bucket, { limit: 1000 });
  const older = await at.store.objects.listVersions(at.bucket, {
    limit: 1000,
    keyMarker: 'k',
    versionIdMarker: versions.at(-1)?.versionId,
  });
  const newer = [...versions, ...older.versions].slice(0, -1);
  // The oldest version becomes the head while the look is among the newer ones.
  let look = 0;
  let isBusy = false;
  at.metadata.beforeRead = async () => {
    if (isBusy) return;
    look += 1;
    if (look !== 3) return;
    isBusy = true;
    for (const { versionId } of newer) await at.store.objects.delete(at.bucket, 'k', versionId);
    isBusy = false;
  };
  at.clock.advance(graceMs);
  expect((await at.store.sweeper.runOnce()).orphans).toBe(1);
  at.metadata.beforeRead = undefined;
  expect(look).toBeGreaterThan(3);
  expect((await contentOf(at, await getBucket(at), 'k')).equals(large(9))).toBe(true);
  await checkInvariants(at.metadata, at.blobs, []);
});

test('the cost does not grow with the bucket', async () => {
  const costs = [];
  for (const keys of [10, 2000]) {
    const inner = new Unsteady();
    const metadata = new CountingMetadata(inner);
    const test = await openTestStore({ metadata });
    const bucket = await createBucket(test, 'bucket', 'enabled');
    for (let count = 0; count < keys; count += 1) {
      await test.store.objects.put(bucket, `k${count % (keys / 2)}`, { body: Buffer.of(1) });
    }
    await putAndLose({ ...test, metadata: inner, bucket }, 'k3', 'made');
    await putAndLose({ ...test, metadata: inner, bucket }, 'k4', 'not made');
    test.clock.advance(graceMs);
    const { trips, rows } = await metadata.during(async () => {
      expect((await test.store.sweeper.runOnce()).orphans).toBe(1);
    });
    costs.push({ trips, rows });
  }
  expect(costs[1]).toEqual(costs[0]);
  // Queue, two keys, queue again, heartbeats and fences.
  expect(costs[0]?.trips).toBeLessThanOrEqual(6);
});
