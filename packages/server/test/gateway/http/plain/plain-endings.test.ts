// When the server ends plain connections: the silent ones after a while, and all of them when it stops,
// with nothing lost that a client asked for.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { PlainLane } from '../../../../src/gateway/http/plain/plain-lane.ts';
import { serverOptions } from '../../../../src/gateway/http/server-options.ts';
import type { AnswerHead, HttpAnswer } from '../../../../src/gateway/http/wire.ts';
import { type GatewayUnderTest, startGateway } from '../../../support/gateway-under-test.ts';
import { listOf, noHeaders } from '../../../support/header-list.ts';
import { objectRequest, openConnection, storeObject } from '../../../support/object-requests.ts';
import { RawConnection } from '../../../support/raw-connection.ts';

function okOf(length: number): AnswerHead {
  const headers = listOf(['Content-Length', String(length)]);
  return { status: 200, headers, known: noHeaders };
}

describe('silent connections', () => {
  const request = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
  const headersTimeout = serverOptions.headersTimeout ?? 0;
  const keepAliveTimeout = serverOptions.keepAliveTimeout ?? 0;
  const checkMs = serverOptions.connectionsCheckingInterval ?? 0;

  afterEach(() => {
    vi.useRealTimers();
  });

  async function startLane(): Promise<{ owed: HttpAnswer[]; open(): Promise<RawConnection> }> {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const owed: HttpAnswer[] = [];
    const server = createServer(serverOptions);
    const lane = new PlainLane(server, { serve: (_request, response) => owed.push(response) });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => {
      server.close();
      lane.closeIdle();
    });
    const open = async (): Promise<RawConnection> => {
      const accepted = once(server, 'connection');
      const client = await RawConnection.open((server.address() as AddressInfo).port);
      onTestFinished(() => client.destroy());
      await accepted;
      return client;
    };
    return { owed, open };
  }

  async function ask(client: RawConnection, owed: HttpAnswer[]): Promise<HttpAnswer> {
    const count = owed.length + 1;
    client.write(request);
    while (owed.length < count) await sleep(1);
    return owed.at(-1) as HttpAnswer;
  }

  function answer(response: HttpAnswer): void {
    response.send(okOf(0), Buffer.alloc(0));
  }

  test('one that asked for nothing has the time that a head has', async () => {
    const { open } = await startLane();
    const client = await open();
    vi.advanceTimersByTime(headersTimeout);
    await sleep(20);
    expect(client.isClosed).toBe(false);
    vi.advanceTimersByTime(checkMs);
    await client.closed;
    expect(client.rest.length).toBe(0);
  });

  test('one that was answered has the time that is announced', async () => {
    const { open, owed } = await startLane();
    const client = await open();
    answer(await ask(client, owed));
    expect((await client.answer()).head).toContain(`timeout=${keepAliveTimeout / 1000}`);
    vi.advanceTimersByTime(keepAliveTimeout);
    await sleep(20);
    expect(client.isClosed).toBe(false);
    answer(await ask(client, owed));
    await client.answer();
    vi.advanceTimersByTime(keepAliveTimeout);
    await sleep(20);
    expect(client.isClosed).toBe(false);
    vi.advanceTimersByTime(checkMs);
    await client.closed;
  });

  test('one that waits for its answer stays', async () => {
    const { open, owed } = await startLane();
    const waiting = await open();
    const response = await ask(waiting, owed);
    vi.advanceTimersByTime(10 * keepAliveTimeout);
    answer(response);
    expect((await waiting.answer()).status).toBe(200);
  });

  test('one that takes nothing is closed, also where it asks for more', async () => {
    const { open, owed } = await startLane();
    const full = await open();
    full.socket.pause();
    const response = await ask(full, owed);
    response.send(okOf(2 ** 25), Buffer.alloc(2 ** 25));
    full.write(request);
    await sleep(20);
    // What it took by the first look counts from there.
    vi.advanceTimersByTime(keepAliveTimeout + 3 * checkMs);
    full.socket.resume();
    await vi.waitFor(() => expect(full.isClosed).toBe(true));
    expect(owed.length).toBe(1);
  });

  test('those that stay are not confused with those that went', async () => {
    const { open, owed } = await startLane();
    const clients: RawConnection[] = [];
    for (let count = 0; count < 6; count += 1) clients.push(await open());
    for (const at of [0, 3, 5]) clients[at]?.destroy();
    await sleep(20);
    const [kept, ...others] = [1, 2, 4].map((at) => clients[at] as RawConnection);
    vi.advanceTimersByTime(headersTimeout - 1);
    answer(await ask(kept as RawConnection, owed));
    await kept?.answer();
    vi.advanceTimersByTime(checkMs + 1);
    for (const client of others) await client.closed;
    expect(kept?.isClosed).toBe(false);
  });
});

describe('a server that stops', () => {
  const body = Buffer.alloc(40 * 1024 * 1024, 'osskeep ');
  const idleMs = 300;

  async function start(): Promise<GatewayUnderTest> {
    const gateway = await startGateway({ fastPath: true }, { drain: { acceptMs: 10, idleMs } });
    onTestFinished(() => gateway.server.stop());
    await storeObject(gateway, 'k', body);
    return gateway;
  }

  test('gives an idle connection its time, then closes it', async () => {
    const gateway = await start();
    const idle = await openConnection(gateway);
    idle.write(objectRequest(gateway, 'k'));
    expect((await idle.answer()).says).toBe('keep-alive');
    const startedMs = performance.now();
    const stopped = gateway.server.stop();
    await idle.closed;
    expect(performance.now() - startedMs).toBeGreaterThan(idleMs - 10);
    expect(idle.rest.length).toBe(0);
    await stopped;
  });

  test('answers what an idle connection still asks, and says that it closes', async () => {
    const gateway = await start();
    const idle = await openConnection(gateway);
    idle.write(objectRequest(gateway, 'k'));
    await idle.answer();
    const stopped = gateway.server.stop();
    await sleep(50);
    idle.write(objectRequest(gateway, 'k'));
    const answer = await idle.answer();
    expect([answer.says, answer.body.equals(body)]).toEqual(['close', true]);
    await idle.closed;
    await stopped;
  });

  test('cuts no download of a client that is slow', async () => {
    const gateway = await start();
    const slow = await openConnection(gateway);
    slow.socket.pause();
    slow.write(objectRequest(gateway, 'k'));
    await sleep(50);
    const stopped = gateway.server.stop();
    await sleep(2 * idleMs);
    slow.socket.resume();
    expect((await slow.answer()).body.equals(body)).toBe(true);
    await slow.closed;
    await stopped;
  });
});
