// Downloads on the plain lane whose client does not simply take them: it ends its side, goes away, or reads
// slowly. Nothing stays open behind it, and no more is read for it than it takes.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../engines/temporary-directory.ts';
import { bodyOf } from '../../../support/bodies.ts';
import { type GatewayUnderTest, quick, startGateway } from '../../../support/gateway-under-test.ts';
import { objectRequest, openConnection, storeObject } from '../../../support/object-requests.ts';
import { WatchedFiles } from '../../../support/watched-files.ts';

const large = bodyOf({ seed: 5, size: 100 * 1024 });
/** More than the sockets of both sides take. */
const huge = bodyOf({ seed: 6, size: 40 * 1024 * 1024 });

interface Downloads {
  readonly gateway: GatewayUnderTest;
  readonly files: WatchedFiles;
}

async function withObjects(objects: Readonly<Record<string, Buffer>>): Promise<Downloads> {
  const files = new WatchedFiles();
  const data = await temporaryDirectory();
  const seams = { fileSystem: files.fileSystem, graceMs: 1, sweepIntervalMs: 0 };
  const gateway = await startGateway({ data, fastPath: true }, seams);
  onTestFinished(() => gateway.server.stop());
  for (const [key, body] of Object.entries(objects)) await storeObject(gateway, key, body);
  return { gateway, files };
}

/** That nothing of it is open or kept from the sweep. */
async function expectGone({ gateway, files }: Downloads, key: string): Promise<void> {
  await vi.waitFor(() => expect(files.open).toBe(0));
  const removed = await gateway.raw(objectRequest(gateway, key, { method: 'DELETE' }), quick);
  expect(removed.status).toBe(204);
  for (let round = 0; round < 4; round += 1) {
    expect((await gateway.server.store.sweeper.runOnce()).failures).toEqual([]);
    await sleep(5);
  }
  expect([...files.there]).toEqual([]);
}

test.each([
  ['small', Buffer.from('small')],
  ['streamed', large],
  ['huge', huge],
])('a client that ends its side behind the request gets all of it: %s', async (key, body) => {
  const { gateway, files } = await withObjects({ [key]: body });
  const connection = await openConnection(gateway);
  connection.socket.end(objectRequest(gateway, key));
  expect((await connection.answer()).body.equals(body)).toBe(true);
  await connection.closed;
  expect(connection.rest.length).toBe(0);
  await vi.waitFor(() => expect(files.open).toBe(0));
});

test('a client that ends its side while the next request waits gets both answers', async () => {
  const { gateway } = await withObjects({ huge, large });
  const connection = await openConnection(gateway);
  connection.socket.pause();
  connection.write(objectRequest(gateway, 'huge'));
  await sleep(50);
  connection.socket.end(objectRequest(gateway, 'large'));
  await sleep(50);
  connection.socket.resume();
  expect((await connection.answer()).body.equals(huge)).toBe(true);
  expect((await connection.answer()).body.equals(large)).toBe(true);
  await connection.closed;
});

test('a client that only ends its side is closed', async () => {
  const { gateway } = await withObjects({});
  const connection = await openConnection(gateway);
  connection.socket.end();
  await connection.closed;
  expect(connection.rest.length).toBe(0);
});

test.each(['resets', 'closes'] as const)('a client that %s midway leaves nothing', async (how) => {
  const downloads = await withObjects({ huge });
  const { gateway, files } = downloads;
  const connection = await openConnection(gateway);
  connection.socket.once('data', () => connection.socket.pause());
  connection.write(objectRequest(gateway, 'huge'));
  await vi.waitFor(() => expect(connection.rest.length).toBeGreaterThan(0));
  expect(files.open).toBe(1);
  if (how === 'resets') connection.reset();
  else connection.destroy();
  await expectGone(downloads, 'huge');
  await gateway.expectHealthy();
});

test('no more is read than a slow client takes, and it gets all of it', async () => {
  const { gateway, files } = await withObjects({ huge });
  const connection = await openConnection(gateway);
  files.bytesRead = 0;
  connection.socket.pause();
  connection.write(objectRequest(gateway, 'huge'));
  let before = -1;
  await vi.waitFor(
    () => {
      const { bytesRead } = files;
      const isStill = bytesRead > 0 && bytesRead === before;
      before = bytesRead;
      expect(isStill).toBe(true);
    },
    { interval: 100, timeout: 5_000 },
  );
  expect(before).toBeLessThan(huge.length / 2);
  // In gulps: the server waits and goes on many times.
  const gulps = setInterval(() => {
    connection.socket.resume();
    setTimeout(() => connection.socket.pause(), 5);
  }, 10);
  const answer = await connection.answer();
  clearInterval(gulps);
  expect(answer.body.equals(huge)).toBe(true);
  await vi.waitFor(() => expect(files.open).toBe(0));
});
