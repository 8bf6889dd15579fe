// Sweeps of many rows: an engine that answers at once does not keep the event loop from requests, and whoever
// closes the store waits for no whole walk.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { garbageKey } from '../../../../src/core/keys/body-keys.ts';
import { heartbeatKey } from '../../../../src/core/keys/process-keys.ts';
import type { Query } from '../../../../src/core/ports/metadata.ts';
import { noBody } from '../../../../src/core/records/body.ts';
import { encodeGarbage } from '../../../../src/core/records/garbage.ts';
import { encodeHeartbeat } from '../../../../src/core/records/process.ts';
import { MemoryMetadata } from '../../../../src/engines/memory/memory-metadata.ts';
import { SharedBlobs } from '../../fault-engines.ts';
import { allBlobs, createBucket, openTestStore } from '../../test-store.ts';

/** Says in which turn of the event loop each page is read: a page is a range of hundreds of rows. */
class Turns extends MemoryMetadata {
  readonly pages: number[] = [];
  turn = 0;

  override read(query: Query) {
    if (query.ranges?.some(({ limit }) => limit >= 500)) this.pages.push(this.turn);
    return super.read(query);
  }

  /** Counts turns as long as the work goes on. */
  async during(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const end = work.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await setImmediate();
      this.turn += 1;
    }
    await end;
  }
}

const counts = Array.from({ length: 1100 }, (_, count) => count);

/** 8 bytes that no other has. */
function numbered(count: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(count);
  return bytes;
}

/** More versions, garbage and ended processes than one read takes; and one that died and left a blob. */
async function largeStore() {
  const metadata = new Turns();
  const shared = new SharedBlobs();
  const boot = (name: number) => {
    const epoch = Buffer.alloc(6, name);
    return openTestStore({ metadata, epoch, blobs: shared.process(epoch), exclusive: true });
  };
  const dead = await boot(1);
  const bucket = await createBucket(dead);
  for (const count of counts) {
    await dead.store.objects.put(bucket, `k${count}`, { body: Buffer.alloc(0) });
  }
  const freed = encodeGarbage({ kind: 'body', isDead: false, body: noBody });
  const ended = encodeHeartbeat({ renewedMs: 0, settledBelow: 0, isSettled: true });
  await metadata.commit({
    set: counts.map((count) => ({ key: garbageKey(1, numbered(count)), value: freed })),
  });
  const epochs = counts.map((count) => numbered(count).subarray(0, 6));
  await metadata.commit({
    set: epochs.map((epoch) => ({ key: heartbeatKey(epoch), value: ended })),
  });
  for (const epoch of epochs) shared.process(epoch);
  await (await dead.blobs.create()).commit();
  return { metadata, alive: await boot(2) };
}

test('each page is read in a turn of its own', async () => {
  const { metadata, alive } = await largeStore();
  await metadata.during(alive.store.sweeper.runOnce());
  // Of garbage 2, of heartbeats 2, of versions 3, and of garbage again, by smaller pages, 3.
  expect(metadata.pages).toHaveLength(10);
  // One sweep may begin in the turn in which another ended.
  expect(new Set(metadata.pages).size).toBeGreaterThanOrEqual(7);
});

test('a store that is closed meanwhile waits for the page under way; no failure is heard', async () => {
  const { metadata, alive } = await largeStore();
  const sweep = alive.store.sweeper.runOnce();
  while (metadata.pages.length < 5) await setImmediate();
  await alive.store.close();
  expect((await sweep).failures).toEqual([]);
  expect(metadata.pages).toHaveLength(5);
  expect(await allBlobs(alive.blobs)).toHaveLength(1);
});
