// Starts servers in this process, gives them large and small bodies, stops them, and says what of the threads,
// handles, timers and memory they took is still there. Run with --expose-gc; prints one JSON line.
import { createHook } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { defaultHashes, encodePath, signV4 } from '@osskeep/protocol';
import { type Service, serveOsskeep, startOsskeep } from '../../../src/index.ts';

/** What is there at one moment. */
export interface Left {
  readonly threads: number;
  /** Pieces of page memory. */
  readonly memories: number;
  /** Sockets, servers, pipes, timers and the like, by kind. */
  readonly resources: Readonly<Record<string, number>>;
  /** What Node itself counts as open. */
  readonly handles: readonly string[];
}

export interface Report {
  readonly before: Left;
  readonly running: Left;
  readonly oneStopped: Left;
  readonly bothStopped: Left;
  readonly again: Left;
  /** Of the primary of a server with two workers. */
  readonly workersRunning: Left;
  readonly workersStopped: Left;
}

const mib = 1024 * 1024;
/** On a busy machine the end of what was closed may be told late; what is left by then is left for good. */
const patienceMs = 5_000;
const bucket = 'bucket';
const rootKey = { accessKeyId: 'LTAI5tTestKey0001', accessKeySecret: 'TestSecret0001' };
const gc = globalThis.gc as () => void;

let threads = 0;
process.on('worker', (worker: Worker) => {
  threads += 1;
  worker.on('exit', () => {
    threads -= 1;
  });
});

// Whoever takes page memory takes it here.
const memories: WeakRef<object>[] = [];
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (...words: unknown[]) => { buffer: object } };
};
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(...words: unknown[]) {
    super(...words);
    memories.push(new WeakRef(this), new WeakRef(this.buffer));
  }
};

/** Each is over with one call, and nothing that a server keeps. */
const passing = /^(PROMISE|TickObject|Microtask|Immediate)$|REQ|REQUEST/;
const resources = new Map<number, string>();
createHook({
  init: (id, type) => {
    if (!passing.test(type)) resources.set(id, type);
  },
  destroy: (id) => {
    resources.delete(id);
  },
}).enable();

/** Looks until it is what is expected, or until patience ends, and says what is there then. */
async function left(isExpected: (found: Left) => boolean): Promise<Left> {
  const giveUp = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (isExpected(found) || performance.now() > giveUp) return found;
  }
}

async function look(): Promise<Left> {
  await sleep(20);
  // What refers to what goes one after the other, and its end is told in a turn of its own.
  for (let turn = 0; turn < 10; turn += 1) {
    gc();
    await setImmediate();
  }
  const counted: Record<string, number> = {};
  for (const type of resources.values()) counted[type] = (counted[type] ?? 0) + 1;
  return {
    threads,
    memories: memories.filter((memory) => memory.deref() !== undefined).length / 2,
    resources: counted,
    handles: process.getActiveResourcesInfo().sort(),
  };
}

/** Nothing but this process's own output. */
function isIdle({ threads, memories, resources }: Left): boolean {
  return threads + memories === 0 && Object.keys(resources).every((kind) => kind === 'PIPEWRAP');
}

/** One of two that ran, whether there are threads or not. */
function isHalfOf(running: Left): (found: Left) => boolean {
  return ({ threads, memories, resources }) =>
    threads === running.threads / 2 &&
    memories === running.memories / 2 &&
    resources['TCPSERVERWRAP'] === (running.resources['TCPSERVERWRAP'] ?? 0) / 2;
}

interface Sent {
  readonly method: string;
  readonly endpoint: string;
  readonly key?: string;
  readonly body?: Buffer;
  readonly isChunked?: boolean;
}

/** On a connection of its own; resolves with the answer's bytes. */
async function send(server: Service, sent: Sent): Promise<Buffer> {
  const { method, endpoint, key, body, isChunked = false } = sent;
  const url = new URL(`${endpoint}/${bucket}/${key === undefined ? '' : encodePath(key)}`);
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: [string, string][] = [
    ['x-oss-date', date],
    ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
  ];
  const signed = { method, bucket, key, query: [], headers };
  const signer = { ...rootKey, region: server.region, nowMs: Date.now() };
  const { authorization } = signV4(signed, signer, defaultHashes());
  const options = {
    method,
    agent: false as const,
    headers: {
      ...Object.fromEntries(headers),
      authorization,
      ...(body === undefined || isChunked ? {} : { 'content-length': body.length }),
    },
  };
  const request =
    url.protocol === 'https:'
      ? requestHttps(url, { ...options, ca: server.tlsCa })
      : requestHttp(url, options);
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(pieces);
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${response.statusCode}: ${bytes.toString()}`));
      });
    });
    request.end(body);
  });
}

async function use(server: Service): Promise<void> {
  const plain = server.endpoint;
  const tls = server.httpsEndpoint ?? '';
  const large = Buffer.alloc(2 * mib, 'abcdefg');
  const bodies: readonly Sent[] = [
    { method: 'PUT', endpoint: plain, key: 'small', body: Buffer.from('small') },
    { method: 'PUT', endpoint: tls, key: 'small-tls', body: Buffer.from('small') },
    { method: 'PUT', endpoint: plain, key: 'large', body: large },
    { method: 'PUT', endpoint: tls, key: 'large-tls', body: large },
    { method: 'PUT', endpoint: plain, key: 'chunked', body: large, isChunked: true },
    { method: 'PUT', endpoint: tls, key: 'chunked-tls', body: large, isChunked: true },
  ];
  await Promise.all(bodies.map((sent) => send(server, sent)));
  for (const { endpoint, key = '', body } of bodies) {
    const read = await send(server, { method: 'GET', endpoint, key });
    if (body?.equals(read) !== true) throw new Error(`${key} came back otherwise`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'osskeep-left-'));

async function start(name: string, workers = 1): Promise<Service> {
  const open = workers === 1 ? startOsskeep : serveOsskeep;
  const server = await open(
    {
      data: join(folder, name),
      workers,
      rootKey,
      tls: { selfSigned: true, listen: '127.0.0.1:0' },
      admin: { listen: '127.0.0.1:0' },
    },
    { drain: { acceptMs: 1, idleMs: 1 } },
  );
  await send(server, { method: 'PUT', endpoint: server.endpoint });
  return server;
}

async function alone(name: string): Promise<void> {
  const server = await start(name);
  await use(server);
  await server.stop();
}

/** Two at once: each has its own, and the other's end is none of its business. */
async function sideBySide(): Promise<Pick<Report, 'running' | 'oneStopped'>> {
  const [first, second] = [await start('first'), await start('second')];
  await Promise.all([use(first), use(second)]);
  const running = await look();
  await first.stop();
  const oneStopped = await left(isHalfOf(running));
  await use(second);
  await second.stop();
  return { running, oneStopped };
}

/** What its workers took goes with them. */
async function withWorkers(): Promise<Left> {
  const server = await start('workers', 2);
  await use(server);
  const running = await look();
  await server.stop();
  return running;
}

async function run(): Promise<Report> {
  // What a first use leaves for good, in Node and in the libraries, is no server's.
  await alone('first-use');
  const before = await left(isIdle);
  const asBefore = (found: Left): boolean => isDeepStrictEqual(found, before);
  const both = await sideBySide();
  const bothStopped = await left(asBefore);
  await alone('again');
  const again = await left(asBefore);
  const workersRunning = await withWorkers();
  const workersStopped = await left(asBefore);
  return { before, ...both, bothStopped, again, workersRunning, workersStopped };
}

try {
  console.log(JSON.stringify(await run()));
} finally {
  rmSync(folder, { recursive: true });
}
