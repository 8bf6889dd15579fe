// The sweep: what it removes, when, and above all what it leaves alone.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { decodeHeartbeat } from '../../src/core/records/process.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { Faults, faultyMetadata } from './fault-engines.ts';
import { checkInvariants, rowsOf } from './invariants.ts';
import { engineNames, Machine, opener } from './machine.ts';
import {
  allBlobs,
  codeOf,
  contentOf,
  createBucket,
  graceMs,
  readAll,
  sweepAll,
  type TestStore,
} from './test-store.ts';

/** Boot holds the lock of the store: other processes are dead. */
const alone = { exclusive: true };

describe.each(engineNames)('over %s', (engine) => {
  const openTestStore = opener(engine);

  const large = Buffer.alloc(300_000, 5);

  async function withFreedBlob() {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    await test.store.objects.put(bucket, 'k', { body: large });
    const object = await test.store.objects.get(bucket, 'k');
    return { test, bucket, object };
  }

  describe('a freed body', () => {
    test('stays for the grace and goes after it', async () => {
      const { test, bucket } = await withFreedBlob();
      await test.store.objects.delete(bucket, 'k');
      expect((await test.store.sweeper.runOnce()).freed).toBe(0);
      test.clock.advance(graceMs - 1);
      expect((await test.store.sweeper.runOnce()).freed).toBe(0);
      expect((await allBlobs(test.blobs)).length).toBe(1);
      test.clock.advance(1);
      expect((await test.store.sweeper.runOnce()).freed).toBe(1);
      expect(await allBlobs(test.blobs)).toEqual([]);
      expect(await rowsOf(test.metadata, 'G')).toEqual([]);
    });

    test('is not deleted early by a wall clock set forward, nor kept by one set back', async () => {
      const { test, bucket } = await withFreedBlob();
      await test.store.objects.delete(bucket, 'k');
      await test.store.sweeper.runOnce();
      test.clock.wallMs += 365 * 86_400_000;
      expect((await test.store.sweeper.runOnce()).freed).toBe(0);
      test.clock.wallMs -= 900 * 86_400_000;
      test.clock.monotonicMs += graceMs;
      expect((await test.store.sweeper.runOnce()).freed).toBe(1);
    });

    test('waits for a reader in this process, however slow', async () => {
      const { test, bucket, object } = await withFreedBlob();
      const stream = await test.store.objects.read(object);
      if (stream instanceof Uint8Array) throw new Error('a blob was expected');
      await test.store.objects.delete(bucket, 'k');
      await sweepAll(test);
      expect((await allBlobs(test.blobs)).length).toBe(1);
      expect((await readAll(stream)).equals(large)).toBe(true);
      await sweepAll(test);
      expect(await allBlobs(test.blobs)).toEqual([]);
    });

    test('is released by a reader that stops early or never begins', async () => {
      const { test, bucket, object } = await withFreedBlob();
      const [first, second] = [
        await test.store.objects.read(object),
        await test.store.objects.read(object),
      ];
      if (first instanceof Uint8Array || second instanceof Uint8Array) throw new Error('a blob');
      for await (const _chunk of first) break;
      await second.close();
      await test.store.objects.delete(bucket, 'k');
      await sweepAll(test);
      expect(await allBlobs(test.blobs)).toEqual([]);
    });

    test('a copy that holds the bytes keeps them', async () => {
      const { test, bucket, object } = await withFreedBlob();
      if (object.body.kind !== 'single') throw new Error('one extent was expected');
      const holder = Buffer.concat([Buffer.from('R'), object.body.bodyId, Buffer.alloc(16, 1)]);
      await test.metadata.commit({ set: [{ key: holder, value: Buffer.of(1) }] });
      await test.store.objects.delete(bucket, 'k');
      await sweepAll(test);
      expect((await allBlobs(test.blobs)).length).toBe(1);
      await test.metadata.commit({ del: [holder] });
      await sweepAll(test);
      expect(await allBlobs(test.blobs)).toEqual([]);
    });
  });

  /** Bytes are there, the commit never came: what a crash between the two leaves. */
  async function leaveOrphan({ blobs }: Pick<TestStore, 'blobs'>): Promise<void> {
    const writer = await blobs.create();
    await writer.write(large);
    await writer.commit();
  }

  describe('an orphan of a dead process', () => {
    test('goes after two looks and two graces; what is named stays', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot(alone);
      const bucket = await createBucket(dead, 'bucket', 'enabled');
      for (const size of [100, 50_000, 60_000]) {
        await dead.store.objects.put(bucket, 'k', { body: Buffer.alloc(size) });
      }
      await dead.store.objects.put(bucket, 'gone', { body: large });
      await leaveOrphan(dead);
      const alive = await machine.boot(alone);
      expect((await allBlobs(alive.blobs)).length).toBe(4);
      expect((await alive.store.sweeper.runOnce()).orphans).toBe(0);
      machine.clock.advance(graceMs - 1);
      expect((await alive.store.sweeper.runOnce()).orphans).toBe(0);
      machine.clock.advance(1);
      expect((await alive.store.sweeper.runOnce()).orphans).toBe(1);
      expect((await allBlobs(alive.blobs)).length).toBe(3);
      expect((await contentOf(alive, bucket, 'gone')).equals(large)).toBe(true);
      await checkInvariants(machine.metadata, alive.blobs, []);
    });

    test('a queued body is not taken for an orphan', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot(alone);
      const bucket = await createBucket(dead);
      await dead.store.objects.put(bucket, 'k', { body: large });
      await dead.store.objects.delete(bucket, 'k');
      await leaveOrphan(dead);
      const alive = await machine.boot(alone);
      const reports = [];
      for (let round = 0; round < 3; round += 1) {
        reports.push(await alive.store.sweeper.runOnce());
        machine.clock.advance(graceMs);
      }
      expect(reports.reduce((sum, { freed }) => sum + freed, 0)).toBe(1);
      expect(reports.reduce((sum, { orphans }) => sum + orphans, 0)).toBe(1);
    });

    test('a process that may be alive is neither fenced nor swept until it is silent', async () => {
      const machine = await Machine.over(engine);
      const slow = await machine.boot();
      const bucket = await createBucket(slow);
      await leaveOrphan(slow);
      const other = await machine.boot();
      for (let round = 0; round < 5; round += 1) {
        await other.store.sweeper.runOnce();
        machine.clock.advance(graceMs - 1);
        await slow.store.renew();
      }
      expect((await allBlobs(other.blobs)).length).toBe(1);
      expect(await codeOf(slow.store.objects.put(bucket, 'k', { body: large }))).toBeUndefined();
      await sweepAll(other);
      await sweepAll(other);
      // It held its breath for too long: it can write nothing more, and its orphan is gone.
      expect(await codeOf(slow.store.objects.put(bucket, 'k', { body: large }))).toContain(
        'Fenced',
      );
      expect((await allBlobs(other.blobs)).length).toBe(1);
      expect((await contentOf(other, bucket, 'k')).equals(large)).toBe(true);
    });

    test('nothing is swept on the word of metadata older than the blobs', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot(alone);
      await leaveOrphan(dead);
      const restored = await Machine.over('memory');
      const alive = await openTestStore({
        metadata: restored.metadata,
        blobs: dead.blobs,
        clock: machine.clock,
        exclusive: true,
      });
      for (let round = 0; round < 4; round += 1) {
        const { failures } = await alive.store.sweeper.runOnce();
        expect(String(failures[0])).toContain('MetadataTooOldError');
        machine.clock.advance(graceMs);
      }
      expect((await allBlobs(dead.blobs)).length).toBe(1);
    });

    test('a process that died before its first blob does not stop the sweep', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot();
      await leaveOrphan(dead);
      const unborn = await machine.boot();
      const traces = ['Y', 'y'].map((tag) => Buffer.concat([Buffer.from(tag), unborn.epoch]));
      await machine.metadata.commit({ del: traces });
      const alive = await machine.boot(alone);
      await sweepAll(alive);
      expect(await allBlobs(alive.blobs)).toEqual([]);
    });

    test('of the same server: left alone while it lives, fenced and swept once it is dead', async () => {
      const machine = await Machine.over(engine);
      const worker = await machine.boot({ exclusive: true, runsNodeJobs: false });
      const living = new Set([worker.epoch.toString('hex')]);
      const isAlive = (epoch: Buffer): boolean => living.has(epoch.toString('hex'));
      const primary = await machine.boot({ exclusive: true, isAlive });
      const bucket = await createBucket(worker);
      await worker.store.objects.put(bucket, 'k', { body: large });
      await leaveOrphan(worker);
      await sweepAll(primary);
      await sweepAll(primary);
      expect((await allBlobs(primary.blobs)).length).toBe(2);
      await worker.store.objects.put(bucket, 'k2', { body: large });
      living.clear();
      await primary.store.sweeper.fence(worker.epoch);
      await primary.store.sweeper.fence(worker.epoch);
      const late = await codeOf(worker.store.objects.put(bucket, 'late', { body: large }));
      expect(late).toContain('FencedError');
      await sweepAll(primary);
      expect((await allBlobs(primary.blobs)).length).toBe(2);
      expect((await contentOf(primary, bucket, 'k2')).equals(large)).toBe(true);
      await checkInvariants(machine.metadata, primary.blobs, []);
    });

    test('one that cannot be removed keeps none from its turn, and is tried again', async () => {
      const machine = await Machine.over(engine);
      for (let count = 0; count < 2; count += 1) {
        const dead = await machine.boot(alone);
        await leaveOrphan(dead);
        await leaveOrphan(dead);
      }
      const alive = await machine.boot(alone);
      await alive.store.sweeper.runOnce();
      machine.clock.advance(graceMs);
      const there = await allBlobs(alive.blobs);
      const stuck = there[0] ?? '';
      const remove = alive.blobs.remove.bind(alive.blobs);
      alive.blobs.remove = async (id) => {
        if (id.toString('hex') === stuck) throw new Error('stuck');
        await remove(id);
      };
      const { orphans, failures } = await alive.store.sweeper.runOnce();
      expect([orphans, failures.map(String)]).toEqual([3, ['Error: stuck']]);
      expect(await allBlobs(alive.blobs)).toEqual([stuck]);
      alive.blobs.remove = remove;
      expect((await alive.store.sweeper.runOnce()).orphans).toBe(1);
      expect(await allBlobs(alive.blobs)).toEqual([]);
    });

    test('of a process that cannot be fenced: it keeps no other from its turn', async () => {
      const machine = await Machine.over(engine);
      const boots = [await machine.boot(alone), await machine.boot(alone)];
      for (const dead of boots) await leaveOrphan(dead);
      // They are swept in the order of their epochs.
      const first = boots.map(({ epoch }) => epoch).sort(Buffer.compare)[0] ?? Buffer.alloc(0);
      const fence = Buffer.concat([Buffer.from('Y'), first]);
      const commit = machine.metadata.commit.bind(machine.metadata);
      machine.metadata.commit = async (given) => {
        if (given.del?.some((key) => key.equals(fence))) throw new Error('stuck');
        return commit(given);
      };
      const alive = await machine.boot(alone);
      await alive.store.sweeper.runOnce();
      machine.clock.advance(graceMs);
      const { orphans, failures } = await alive.store.sweeper.runOnce();
      expect([orphans, failures.map(String)]).toEqual([1, ['Error: stuck']]);
      machine.metadata.commit = commit;
      await sweepAll(alive);
      expect(await allBlobs(alive.blobs)).toEqual([]);
    });

    test('is not the work of a process that sweeps only its own', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot(alone);
      const bucket = await createBucket(dead);
      await dead.store.objects.put(bucket, 'k', { body: large });
      await dead.store.objects.delete(bucket, 'k');
      await leaveOrphan(dead);
      const worker = await machine.boot({ exclusive: true, runsNodeJobs: false });
      await sweepAll(worker);
      expect((await allBlobs(worker.blobs)).length).toBe(2);
      expect((await rowsOf(machine.metadata, 'G')).length).toBe(1);
      const primary = await machine.boot({
        exclusive: true,
        isAlive: (epoch) => epoch === worker.epoch,
      });
      await sweepAll(primary);
      expect(await allBlobs(primary.blobs)).toEqual([]);
    });

    test('after a clean end there is nothing to look for, and in the end no trace', async () => {
      const machine = await Machine.over(engine);
      const first = await machine.boot(alone);
      const bucket = await createBucket(first);
      await first.store.objects.put(bucket, 'k', { body: large });
      await first.store.close();
      const second = await machine.boot(alone);
      await sweepAll(second);
      expect((await rowsOf(machine.metadata, 'y')).length).toBe(2);
      await second.store.objects.delete(bucket, 'k');
      await sweepAll(second);
      await second.store.close();
      const third = await machine.boot(alone);
      await sweepAll(third);
      expect((await rowsOf(machine.metadata, 'y')).length).toBe(1);
      expect((await rowsOf(machine.metadata, 'Y')).length).toBe(1);
      expect(await allBlobs(third.blobs)).toEqual([]);
    });

    test('more rows than one read takes', async () => {
      const machine = await Machine.over(engine);
      const dead = await machine.boot(alone);
      const bucket = await createBucket(dead, 'bucket', 'enabled');
      const body = Buffer.alloc(9000);
      for (let count = 0; count < 1200; count += 1) {
        await dead.store.objects.put(bucket, `k${count % 700 < 650 ? 'same' : count}`, { body });
      }
      await leaveOrphan(dead);
      // Without a heartbeat after the first one every blob is a candidate.
      const alive = await machine.boot(alone);
      expect((await allBlobs(alive.blobs)).length).toBe(1201);
      await sweepAll(alive);
      expect((await allBlobs(alive.blobs)).length).toBe(1200);
      await checkInvariants(machine.metadata, alive.blobs, []);
    });
  });

  describe('the bound below which blobs are decided', () => {
    async function bound({ metadata, store }: TestStore): Promise<number> {
      await store.renew();
      const [row] = await rowsOf(metadata, 'y');
      return row === undefined ? -1 : decodeHeartbeat(row.value).settledBelow;
    }

    test('stays below a blob whose commit is under way: a crash leaves no file', async () => {
      const machine = await Machine.over(engine);
      const process = await machine.boot(alone);
      const bucket = await createBucket(process);
      await process.store.objects.put(bucket, 'a', { body: large });
      expect(await bound(process)).toBe(1);
      const commit = machine.metadata.commit.bind(machine.metadata);
      let isHanging = false;
      machine.metadata.commit = () => {
        isHanging = true;
        return new Promise(() => undefined);
      };
      void process.store.objects.put(bucket, 'b', { body: large });
      while (!isHanging) await setImmediate();
      machine.metadata.commit = commit;
      await process.store.objects.put(bucket, 'c', { body: large });
      expect(await bound(process)).toBe(1);
      const next = await machine.boot(alone);
      await sweepAll(next);
      expect((await allBlobs(next.blobs)).length).toBe(2);
      expect((await contentOf(next, bucket, 'a')).equals(large)).toBe(true);
    });

    test('stays below a blob that is being created', async () => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      const create = test.blobs.create.bind(test.blobs);
      let release = (): void => undefined;
      test.blobs.create = async () => {
        test.blobs.create = create;
        const writer = await create();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return writer;
      };
      const slow = test.store.objects.put(bucket, 'slow', { body: large });
      await test.store.objects.put(bucket, 'fast', { body: large });
      expect(await bound(test)).toBe(0);
      release();
      await slow;
      expect(await bound(test)).toBe(2);
    });
  });

  describe('a commit whose answer is lost', () => {
    test.each([
      ['was made', true],
      ['was not made', false],
    ])('and %s: the process itself finds out', async (_what, tookEffect) => {
      const metadata = new MemoryMetadata();
      const probe = new Faults({ at: Number.POSITIVE_INFINITY, tookEffect, processDies: false });
      const counted = await openTestStore({ metadata: faultyMetadata(metadata, probe) });
      const bucket = await createBucket(counted);
      const before = probe.calls;
      await counted.store.objects.put(bucket, 'warm', { body: large });
      // The commit is the last call of a put.
      const perPut = probe.calls - before;

      const faults = new Faults({ at: before + perPut - 1, tookEffect, processDies: false });
      const fresh = new MemoryMetadata();
      const test = await openTestStore({ metadata: faultyMetadata(fresh, faults) });
      const again = await createBucket(test);
      const code = await codeOf(test.store.objects.put(again, 'warm', { body: large }));
      expect(code).toContain('InjectedFault');
      expect((await allBlobs(test.blobs)).length).toBe(1);
      await sweepAll(test);
      expect((await allBlobs(test.blobs)).length).toBe(tookEffect ? 1 : 0);
      const read = await codeOf(contentOf(test, again, 'warm'));
      expect(read).toBe(tookEffect ? undefined : 'NoSuchKey');
      await checkInvariants(fresh, test.blobs, []);
    });
  });
});
