// A served osskeep with workers: which processes they are, which of them answered what.
import { setTimeout as sleep } from 'node:timers/promises';
import { SignedRequests } from '../../../server/test/support/signed-requests.ts';
import type { RunOptions } from './command.ts';
import { anyPort, rootKey, type Served, serve } from './server.ts';

export interface ServedByWorkers extends Served {
  /** Process ids by number, of those that started last. */
  readonly pids: () => Map<number, number>;
  /** Process ids of all that were ever started. */
  readonly allPids: () => number[];
  /** Resolves with the log line, once it is there, that fits. */
  readonly logged: (fits: (line: LogLine) => boolean) => Promise<LogLine>;
  /** The worker that answered the request. */
  readonly workerOf: (requestId: string) => Promise<number>;
}

export interface LogLine {
  readonly msg: string;
  readonly [field: string]: unknown;
}

export async function serveByWorkers(
  count: number,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ServedByWorkers> {
  const admin = args.includes('--admin-listen') ? [] : ['--admin-listen', 'off'];
  const workers = ['--workers', `${count}`];
  const server = await serve([...anyPort, ...workers, ...admin, ...args], options);
  // Whole lines only: the last one may still be on its way.
  const lines = (): LogLine[] =>
    server
      .stderr()
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine);
  const logged = async (fits: (line: LogLine) => boolean): Promise<LogLine> => {
    for (;;) {
      const line = lines().find(fits);
      if (line !== undefined) return line;
      await sleep(5);
    }
  };
  const started = (): LogLine[] => lines().filter(({ msg }) => msg === 'worker started');
  await Promise.all(
    Array.from({ length: count }, (_, index) => logged(({ number }) => number === index + 1)),
  );
  return {
    ...server,
    pids: () => new Map(started().map(({ number, pid }) => [Number(number), Number(pid)])),
    allPids: () => started().map(({ pid }) => Number(pid)),
    logged,
    workerOf: async (requestId) => {
      const line = await logged((one) => one['requestId'] === requestId);
      return Number(line['worker']);
    },
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

export async function until(is: () => boolean): Promise<void> {
  while (!is()) await sleep(5);
}

/** Of the root account. One that sends one request after the other stays on one connection. */
export function client({ endpoint }: Served): SignedRequests {
  return new SignedRequests({
    port: Number(new URL(endpoint).port),
    region: 'cn-hangzhou',
    accessKeyId: rootKey['OSS_ACCESS_KEY_ID'] ?? '',
    accessKeySecret: rootKey['OSS_ACCESS_KEY_SECRET'] ?? '',
  });
}

/** A client of each worker: a connection stays with the process that took it. */
export async function clientOfEach(
  server: ServedByWorkers,
): Promise<[SignedRequests, SignedRequests]> {
  const found = new Map<number, SignedRequests>();
  while (found.size < 2) {
    const one = client(server);
    const { headers } = await one.send({ method: 'GET', bucket: 'nobodys' });
    const worker = await server.workerOf(headers.get('x-oss-request-id') ?? '');
    if (found.has(worker)) one.close();
    found.set(worker, found.get(worker) ?? one);
  }
  return [found.get(1) as SignedRequests, found.get(2) as SignedRequests];
}
