// Workers and the process that watches them, which is the test's own here: what becomes of a worker that
// dies, of what it left, of the connections it had, and of those that were on their way to it.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Seams } from '../../../src/boot/seams.ts';
import { ConfigurationError } from '../../../src/boot/settings/errors.ts';
import type { Metadata } from '../../../src/core/ports/metadata.ts';
import { type Osskeep, serveOsskeep } from '../../../src/index.ts';
import { checkInvariants, rowsOf } from '../../core/invariants.ts';
import { allBlobs } from '../../core/test-store.ts';
import { openBlobs } from '../../engines/open-blobs.ts';
import { temporaryDirectory } from '../../engines/temporary-directory.ts';
import { LogLines } from '../../support/log-lines.ts';
import { requestBytes } from '../../support/raw-http.ts';
import { signRaw } from '../../support/signed-raw.ts';
import { SignedRequests } from '../../support/signed-requests.ts';

const rootKey = { accessKeyId: 'worker-test-key', accessKeySecret: 'worker-test-secret' };
const quick = { acceptMs: 0, idleMs: 0, deadlineMs: 5_000 };

interface Pool {
  readonly data: string;
  readonly server: Osskeep;
  readonly requests: SignedRequests;
  readonly metadata: Metadata;
  readonly log: LogLines;
  readonly fatal: Error[];
}

function program(name: string): string {
  return fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
}

async function startPool(seams: Seams = {}, workers = 2): Promise<Pool> {
  const data = await temporaryDirectory();
  const log = new LogLines();
  const fatal: Error[] = [];
  let metadata: Metadata | undefined;
  const server = (await serveOsskeep(
    {
      data,
      workers,
      rootKey,
      log: 'error',
      logStream: log,
      onFatal: (error) => void fatal.push(error),
    },
    {
      drain: quick,
      graceMs: 0,
      sweepIntervalMs: 0,
      wrapMetadata: (opened) => {
        metadata = opened;
        return opened;
      },
      ...seams,
    },
  )) as Osskeep;
  onTestFinished(() => server.stop());
  const { port, region } = server;
  const requests = new SignedRequests({ port, region, ...rootKey });
  onTestFinished(() => requests.close());
  if (metadata === undefined) throw new Error('the server opened no metadata');
  return { data, server, requests, metadata, log, fatal };
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await sleep(5);
}

/** Of the workers that there are. */
function pids(): number[] {
  return Object.values(cluster.workers ?? {}).map((worker) => worker?.process.pid ?? 0);
}

/** The fences of the primary and of each worker that may commit. */
async function fences({ metadata }: Pool): Promise<number> {
  return (await rowsOf(metadata, 'Y')).length;
}

/** Sends bytes on a connection of its own and collects what comes. */
async function open(
  port: number,
  bytes: Buffer,
): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.write(bytes);
  return { socket, received: () => text };
}

describe('a worker that is killed', () => {
  test('is fenced at once, and what it left is swept; what it named stays', async () => {
    const pool = await startPool();
    const { requests, metadata, server } = pool;
    await requests.createBucket('orphans');
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        requests.put('orphans', `k${index}`, Buffer.alloc(50_000, index)),
      ),
    );
    const target = '/orphans/half';
    const body = Buffer.alloc(500_000, 1);
    const { port, region } = server;
    const signed = { ...rootKey, port, region, nowMs: Date.now() };
    const put = signRaw(signed, { method: 'PUT', target, bucket: 'orphans', key: 'half', body });
    const bytes = requestBytes(put);
    // One for each worker: whichever is killed has begun a blob.
    const halves = [
      await open(server.port, bytes.subarray(0, 300_000)),
      await open(server.port, bytes.subarray(0, 300_000)),
    ];
    const blobs = await openBlobs(join(pool.data, 'blobs'));
    onTestFinished(() => blobs.close());
    await until(async () => (await allBlobs(blobs)).length === 10);
    expect(await fences(pool)).toBe(3);
    process.kill(pids()[0] ?? 0, 'SIGKILL');
    await until(async () => (await fences(pool)) === 2);
    await until(async () => (await fences(pool)) === 3);
    expect(await rowsOf(metadata, 'y')).toHaveLength(4);
    for (let round = 0; round < 3; round += 1) {
      expect((await server.store.sweeper.runOnce()).failures).toEqual([]);
    }
    // The other's upload goes on: its file is still there.
    expect(await allBlobs(blobs)).toHaveLength(9);
    for (const { socket } of halves) socket.write(bytes.subarray(300_000));
    await until(() => halves.filter(({ received }) => received().includes(' 200 OK')).length === 1);
    expect((await requests.get('orphans', 'half'))?.equals(body)).toBe(true);
    await checkInvariants(metadata, blobs, []);
    for (const { socket } of halves) socket.destroy();
  });

  test('before it took a connection that was handed to it: the client is told, not left', async () => {
    const pool = await startPool();
    const { port } = pool.server;
    const victim = pids()[0] ?? 0;
    process.kill(victim, 'SIGSTOP');
    const bytes = requestBytes({ target: '/', headers: [['Host', '127.0.0.1']] });
    const clients = await Promise.all(Array.from({ length: 6 }, () => open(port, bytes)));
    const unanswered = () => clients.filter(({ received }) => received() === '');
    // Node hands a worker one connection, and the next when it has taken it.
    await until(() => unanswered().length === 1);
    const [left] = unanswered();
    process.kill(victim, 'SIGKILL');
    await until(() => left?.socket.closed === true);
    expect(left?.received()).toBe('');
    for (const { socket } of clients) socket.destroy();
  });

  test('again and again, soon after its start, ends the server with the reason', async () => {
    const restarts = { firstDelayMs: 1, delayMsMax: 5, earlyEndsMax: 2 };
    const pool = await startPool({ workerProgram: program('dies-soon'), restarts });
    await until(() => pool.fatal.length > 0);
    const [error] = pool.fatal;
    expect(error?.message).toMatch(/^Worker [12] ended 3 times in a row soon after its start\./);
    expect(error?.message).toContain('The last time: signal SIGKILL');
    expect(
      pool.log.of('error').filter((msg) => msg === 'worker ended: signal SIGKILL').length,
    ).toBeGreaterThan(2);
  });
});

describe('a start', () => {
  test('with a worker that cannot start fails, and leaves the folder to the next', async () => {
    const data = await temporaryDirectory();
    const options = { data, workers: 2, rootKey };
    const seams = { workerProgram: program('cannot-start') };
    const start = serveOsskeep(options, seams);
    await expect(start).rejects.toThrow(/^Worker \d ended with status 7 before it was ready\.$/);
    const next = await serveOsskeep(options, { drain: quick });
    await next.stop();
  });

  test('without a data folder is refused: memory is one process’s own', async () => {
    const start = serveOsskeep({ workers: 2 });
    await expect(start).rejects.toThrow(ConfigurationError);
    await expect(start).rejects.toThrow(/data folder/);
  });

  test('on an address that is taken says so', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const listen = `127.0.0.1:${(busy.address() as AddressInfo).port}`;
    const start = serveOsskeep({ data: await temporaryDirectory(), workers: 2, listen });
    await expect(start).rejects.toThrow(ConfigurationError);
    await expect(start).rejects.toThrow(/another program listens there; .* with --listen/);
    busy.close();
  });
});

describe('a restart of the workers', () => {
  test('that cannot start new ones leaves the old ones as they are', async () => {
    const pool = await startPool();
    const before = pids();
    cluster.setupPrimary({ exec: program('cannot-start') });
    await expect(pool.server.restartWorkers()).rejects.toThrow(/status 7/);
    expect(pids()).toEqual(before);
    await pool.requests.createBucket('still');
    expect(pool.log.of('error').at(-1)).toMatch(/^The workers stay as they were\. /);
  });

  test('asked for twice at once is one', async () => {
    const pool = await startPool();
    const before = pids();
    await Promise.all([pool.server.restartWorkers(), pool.server.restartWorkers()]);
    expect(pids()).toHaveLength(2);
    expect(pids().some((pid) => before.includes(pid))).toBe(false);
    await pool.requests.createBucket('anew');
    expect(await fences(pool)).toBe(3);
    expect(await rowsOf(pool.metadata, 'y')).toHaveLength(5);
    await pool.server.stop();
    expect(pool.fatal).toEqual([]);
  });
});
