// `osskeep serve --workers N` as an operator sees it: one server, whichever process answers.
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../server/test/support/processes.ts';
import { SignedRequests } from '../../server/test/support/signed-requests.ts';
import { exitCodes } from '../src/failures/failures.ts';
import { run, temporaryFolder } from './support/command.ts';
import { rootKey, type Served, serve } from './support/server.ts';
import {
  client,
  clientOfEach,
  type ServedByWorkers,
  serveByWorkers,
  until,
} from './support/workers.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder[Symbol.asyncDispose]());

const start = (name: string, args: readonly string[] = []): Promise<ServedByWorkers> =>
  serveByWorkers(2, ['--data', join(folder.path, name), ...args], { env: rootKey });

describe('a server with workers', () => {
  test('answers from all of them on one port, logs in one stream, and stops with 0', async () => {
    await using server = await start('life');
    expect(server.stdout()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\n$/);
    const [first, second] = await clientOfEach(server);
    await first.createBucket('shared');
    await second.put('shared', 'k', Buffer.from('from the second'));
    expect((await first.get('shared', 'k'))?.toString()).toBe('from the second');
    const pids = server.allPids();
    expect(new Set([...pids, server.child.pid]).size).toBe(3);
    expect(pids.every(isAlive)).toBe(true);
    first.close();
    second.close();
    expect(await server.stop()).toBe(0);
    expect(pids.some(isAlive)).toBe(false);
    for (const line of server.stderr().trim().split('\n'))
      expect(() => JSON.parse(line)).not.toThrow();
    expect(await readdir(join(folder.path, 'life'))).not.toContain('commit.sock');
  });

  test('speaks https with one authority and on one port, whichever worker answers', async () => {
    await using server = await start('https', ['--tls-self-signed', '--tls-listen', '127.0.0.1:0']);
    const endpoint = /https:\S+/.exec(server.readyLine)?.[0] ?? '';
    const ca = await readFile(join(folder.path, 'https', 'tls', 'ca.pem'));
    const workers = new Set<number>();
    while (workers.size < 2) {
      const sent = secureRequest(endpoint, { ca, agent: false });
      sent.end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(403);
      workers.add(await server.workerOf(String(answer.headers['x-oss-request-id'])));
    }
    process.kill(server.pids().get(1) ?? 0, 'SIGKILL');
    await until(() => server.allPids().length === 3);
    const sent = secureRequest(endpoint, { ca, agent: false });
    sent.end();
    expect(((await once(sent, 'response')) as [IncomingMessage])[0].statusCode).toBe(403);
    sent.destroy();
    expect(await server.stop()).toBe(0);
  });

  test('of one process has no workers to restart, and takes no harm from being asked', async () => {
    const data = ['--data', join(folder.path, 'one-process'), '--listen', '127.0.0.1:0'];
    await using server = await serve([...data, '--admin-listen', 'off'], { env: rootKey });
    server.child.kill('SIGUSR2');
    await sleep(100);
    expect((await fetch(server.endpoint)).status).toBe(403);
    expect(await server.stop()).toBe(0);
  });

  test('is asked for by flag, variable or file, and one process is one process', async () => {
    const config = join(folder.path, 'workers.yaml');
    await writeFile(config, 'workers: 2\nlisten: 127.0.0.1:0\nadmin: { listen: "off" }\n');
    const common = { OSSKEEP_DATA: join(folder.path, 'asked'), ...rootKey };
    const startedWith = async (env: Record<string, string>): Promise<number> => {
      await using server = await serve([], { env: { ...common, ...env }, cwd: folder.path });
      await server.stop();
      return server.stderr().split('worker started').length - 1;
    };
    expect(await startedWith({ OSSKEEP_CONFIG: config })).toBe(2);
    expect(await startedWith({ OSSKEEP_CONFIG: config, OSSKEEP_WORKERS: '1' })).toBe(0);
    const listen = { OSSKEEP_LISTEN: '127.0.0.1:0', OSSKEEP_ADMIN_LISTEN: 'off' };
    expect(await startedWith({ ...listen, OSSKEEP_WORKERS: '3' })).toBe(3);
    expect(await startedWith(listen)).toBe(0);
  });

  test.each([
    [['--workers', '0'], exitCodes.usage, '1 or more'],
    [['--workers', 'many'], exitCodes.usage, '1 or more'],
    [['--workers', '1000'], exitCodes.failure, 'workers'],
    [
      ['--workers', '2', '--tls-cert', '/nowhere.pem', '--tls-key', '/nowhere.key'],
      exitCodes.failure,
      '/nowhere.pem',
    ],
  ])('refuses %j with %i', async (args, code, text) => {
    const data = ['--data', join(folder.path, 'refused'), '--listen', '127.0.0.1:0'];
    const refused = await run(['serve', ...data, '--admin-listen', 'off', ...args], {
      env: rootKey,
    });
    expect(refused.stderr).toContain(text);
    expect(refused.stderr).not.toContain('    at ');
    expect(refused.stdout.toString()).toBe('');
    expect(refused.code).toBe(code);
  });

  test('tells a busy port and a folder in use as one process does', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const data = join(folder.path, 'busy');
    const args = ['serve', '--workers', '2', '--data', data, '--admin-listen', 'off'];
    const taken = await run([...args, '--listen', `127.0.0.1:${port}`], { env: rootKey });
    busy.close();
    expect(taken.code).toBe(exitCodes.failure);
    expect(taken.stderr).toMatch(/another program listens there; .* with --listen/);
    await using server = await serveByWorkers(2, ['--data', data], { env: rootKey });
    const inUse = await run([...args, '--listen', '127.0.0.1:0'], { env: rootKey });
    expect(inUse.code).toBe(exitCodes.failure);
    expect(inUse.stderr).toMatch(/in use by process/);
    expect(inUse.stderr).toContain(server.endpoint);
  });
});

describe('a worker that dies', () => {
  test('is replaced, and takes nothing with it but its own requests', async () => {
    await using server = await start('replaced');
    const [first, second] = await clientOfEach(server);
    await second.createBucket('stays');
    const victim = server.pids().get(1) ?? 0;
    process.kill(victim, 'SIGKILL');
    // The other goes on at once, on the connection that it has.
    for (let index = 0; index < 20; index += 1) {
      await second.put('stays', `k${index}`, Buffer.alloc(20_000, index));
    }
    await server.logged(({ msg, pid }) => msg.startsWith('worker ended') && pid === victim);
    await until(() => server.pids().get(1) !== victim);
    expect(isAlive(server.pids().get(1) ?? 0)).toBe(true);
    first.close();
    const [again] = await clientOfEach(server);
    expect((await again.get('stays', 'k19'))?.equals(Buffer.alloc(20_000, 19))).toBe(true);
    await again.put('stays', 'new', Buffer.from('by the new one'));
    expect((await second.get('stays', 'new'))?.toString()).toBe('by the new one');
    again.close();
    second.close();
    expect(await server.stop()).toBe(0);
  });

  test('with all others at once leaves the port to those that follow', async () => {
    await using server = await start('all');
    for (const pid of server.allPids()) process.kill(pid, 'SIGKILL');
    await until(() => server.allPids().length === 4);
    expect((await fetch(server.endpoint)).status).toBe(403);
    expect(await server.stop()).toBe(0);
  });
});

describe('the end of the primary', () => {
  test('by kill -9 ends every worker at once', async () => {
    const server = await start('primary');
    const pids = server.allPids();
    // Somebody waits for an answer all the while.
    const busy = client(server);
    const answer = busy.send({ method: 'GET', bucket: 'nobodys' }).catch(() => undefined);
    const closed = once(server.child, 'close');
    server.child.kill('SIGKILL');
    // Their standard error is the primary's: it closes when the last of them is gone.
    await closed;
    await until(() => !pids.some(isAlive));
    await answer;
    busy.close();
    await using next = await start('primary');
    expect((await fetch(next.endpoint)).status).toBe(403);
  });

  test('by a second signal does not wait for a request', async () => {
    await using server = await start('second-signal');
    const { port, hostname, host } = new URL(server.endpoint);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    // A request whose end never comes: the stop waits for it.
    socket.write(`PUT /nobodys/k HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nExpect: x`);
    await sleep(200);
    const pids = server.allPids();
    const closed = once(server.child, 'close');
    server.child.kill('SIGTERM');
    await sleep(800);
    expect(server.child.exitCode).toBe(null);
    server.child.kill('SIGTERM');
    expect(((await closed) as [number])[0]).toBe(0);
    await until(() => !pids.some(isAlive));
    socket.destroy();
  });
});

/** On a connection of its own. */
function getAt(port: number, host: string): Promise<{ status: number; requestId: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/none', agent: false, headers: { host } };
    const sent = request(options, (response) => {
      response.resume();
      const requestId = String(response.headers['x-oss-request-id']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, requestId }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

interface Load {
  /** Whole, right answers so far. */
  readonly answered: () => number;
  readonly errors: readonly string[];
  /** Ends it when every client has its answer. */
  stop(): Promise<void>;
}

/** Clients on keep-alive connections: each writes a key, reads it back, and checks what it reads. */
function load(server: Served, bucket: string, clients: number): Load {
  const errors: string[] = [];
  let answered = 0;
  let isOver = false;
  const work = Array.from({ length: clients }, async (_, number) => {
    const one = client(server);
    for (let round = 0; !isOver; round += 1) {
      const body = Buffer.alloc([100, 9_000, 100_000][round % 3] ?? 0, `${number} ${round} `);
      try {
        const put = await one.expect({ method: 'PUT', bucket, key: `k${number}`, body }, 200);
        // Told to go, the client comes again: to whoever listens.
        const isLast = put.headers.get('connection') === 'close' && server.child.killed;
        answered += 1;
        if (isLast) break;
        const read = await one.expect({ method: 'GET', bucket, key: `k${number}` }, 200);
        if (!read.body.equals(body)) errors.push(`k${number} is not what was written`);
        answered += 1;
        if (read.headers.get('connection') === 'close' && server.child.killed) break;
      } catch (error) {
        errors.push((error as Error).message);
      }
    }
    one.close();
  });
  return {
    answered: () => answered,
    errors,
    stop: async () => {
      isOver = true;
      await Promise.all(work);
    },
  };
}

describe('under load', () => {
  test('writers of one key through both workers wait for each other; none is refused', async () => {
    await using server = await start('hot');
    const clients = [...(await clientOfEach(server)), ...(await clientOfEach(server))];
    await clients[0]?.createBucket('hot');
    const statuses = await Promise.all(
      clients.map(async (one, number) => {
        const seen = new Set<number>();
        for (let round = 0; round < 60; round += 1) {
          const body = Buffer.alloc(1_000, number);
          seen.add((await one.send({ method: 'PUT', bucket: 'hot', key: 'k', body })).status);
        }
        one.close();
        return [...seen];
      }),
    );
    expect(statuses).toEqual([[200], [200], [200], [200]]);
    expect(await server.stop()).toBe(0);
  });

  test('SIGUSR2 replaces every worker, and no request is lost', { timeout: 120_000 }, async () => {
    await using server = await start('rolling', ['--log-level', 'info']);
    const admin = client(server);
    await admin.createBucket('rolling');
    admin.close();
    const clients = load(server, 'rolling', 12);
    for (let round = 1; round <= 2; round += 1) {
      const goal = clients.answered() + 100;
      await until(() => clients.answered() > goal);
      const before = [...server.pids().values()];
      process.kill(server.child.pid ?? 0, 'SIGUSR2');
      await until(() => server.stderr().split('workers are restarted"').length - 1 === round);
      expect(before.some(isAlive)).toBe(false);
      expect(server.allPids()).toHaveLength(2 + 2 * round);
    }
    const goal = clients.answered() + 100;
    await until(() => clients.answered() > goal);
    await clients.stop();
    expect(clients.errors).toEqual([]);
    expect(await server.stop()).toBe(0);
  });

  test('SIGTERM loses nothing: each connection gets its answer and is told to close', async () => {
    await using server = await start('term');
    const admin = client(server);
    await admin.createBucket('term');
    admin.close();
    const clients = load(server, 'term', 12);
    await until(() => clients.answered() > 100);
    const stopped = server.stop();
    await clients.stop();
    expect(await stopped).toBe(0);
    expect(clients.errors).toEqual([]);
  });
});

describe('settings and figures', () => {
  test('SIGHUP counts in every worker at once, also in one that starts later', async () => {
    const config = join(folder.path, 'hang-up.yaml');
    const write = (domain: string, enabled: boolean): Promise<void> =>
      writeFile(
        config,
        `domains: [${domain}]\naccounts:\n  - id: "2000000000000001"\n    keys:\n` +
          `      - { id: CONFIGURED, secret: of-the-file, enabled: ${enabled} }\n`,
      );
    await write('first.example.test', true);
    await using server = await start('hang-up', ['--config', config]);
    const [first, second] = await clientOfEach(server);
    await first.createBucket('hang-up');
    first.close();
    second.close();
    const port = Number(new URL(server.endpoint).port);
    const key = { accessKeyId: 'CONFIGURED', accessKeySecret: 'of-the-file' };
    const theirs = new SignedRequests({ port, region: 'cn-hangzhou', ...key });
    const code = async (): Promise<string | undefined> => {
      const { body } = await theirs.send({ method: 'GET', bucket: 'hang-up', key: 'none' });
      return /<Code>(\w+)</.exec(body.toString())?.[1];
    };
    /** What each worker says to a request for that host. */
    const saidAt = async (host: string): Promise<Set<string>> => {
      const said = new Set<string>();
      const workers = new Set<number>();
      while (workers.size < 2) {
        const answer = await getAt(port, host);
        const worker = await server.workerOf(answer.requestId);
        workers.add(worker);
        said.add(`${worker} ${answer.status}`);
      }
      return said;
    };
    const reached = new Set(['1 403', '2 403']);
    expect(await code()).toBe('AccessDenied');
    expect(await saidAt('hang-up.first.example.test')).toEqual(reached);
    const unknown = new Set(['1 404', '2 404']);
    expect(await saidAt('hang-up.second.example.test')).toEqual(unknown);

    await writeFile(config, 'domains: [not a name]\n');
    server.child.kill('SIGHUP');
    await server.logged(({ msg }) => msg.startsWith('The configuration stays as it was.'));
    expect(await code()).toBe('AccessDenied');

    await write('second.example.test', false);
    server.child.kill('SIGHUP');
    await server.logged(({ msg }) => msg === 'configuration read again');
    expect(await code()).toBe('InvalidAccessKeyId');
    expect(await saidAt('hang-up.second.example.test')).toEqual(reached);
    expect(await saidAt('hang-up.first.example.test')).toEqual(unknown);
    process.kill(server.pids().get(1) ?? 0, 'SIGKILL');
    await until(() => server.allPids().length === 3);
    expect(await saidAt('hang-up.second.example.test')).toEqual(reached);
    theirs.close();
    expect(await server.stop()).toBe(0);
  });

  test('metrics add up what all workers counted, and do not fall when one dies', async () => {
    await using server = await start('metrics', ['--admin-listen', '127.0.0.1:0']);
    const line = await server.logged(({ msg }) => msg.startsWith('Health and metrics on'));
    const admin = line.msg.replace('Health and metrics on ', '');
    const figures = async (): Promise<string> => (await fetch(`${admin}/metrics`)).text();
    const counted = async (): Promise<number> =>
      Number(
        /^osskeep_requests_total\{operation="GetObject",status="404",code="NoSuchBucket"\} (\d+)$/m.exec(
          await figures(),
        )?.[1],
      );
    expect(await (await fetch(`${admin}/readyz`)).text()).toBe('ok\n');
    const [first, second] = await clientOfEach(server);
    const asked = { method: 'GET', bucket: 'nobodys', key: 'k' } as const;
    for (let index = 0; index < 5; index += 1) await first.send(asked);
    for (let index = 0; index < 7; index += 1) await second.send(asked);
    expect(await counted()).toBe(12);
    expect(await figures()).toMatch(/^osskeep_requests_in_flight 0$/m);
    first.close();
    process.kill(server.pids().get(1) ?? 0, 'SIGKILL');
    await until(() => server.allPids().length === 3);
    expect(await counted()).toBe(12);
    await second.send(asked);
    expect(await counted()).toBe(13);
    second.close();
    expect(await server.stop()).toBe(0);
  });
});
