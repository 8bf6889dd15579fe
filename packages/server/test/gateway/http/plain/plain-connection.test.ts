// What a plain connection promises to those who hold it: when it is idle, what closing an idle one may
// cut, and that a client who takes nothing is read no further.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PlainConnection } from '../../../../src/gateway/http/plain/plain-connection.ts';
import { WriteBatch } from '../../../../src/gateway/http/plain/write-batch.ts';
import type { HttpAnswer, HttpRequest } from '../../../../src/gateway/http/wire.ts';
import { listOf, noHeaders } from '../../../support/header-list.ts';
import { RawConnection } from '../../../support/raw-connection.ts';

const request = 'GET /k HTTP/1.1\r\nHost: h\r\n\r\n';

interface Served {
  readonly request: HttpRequest;
  readonly response: HttpAnswer;
}

/** One connection, its client, and what it asks of others. */
class Harness {
  readonly served: Served[] = [];
  /** What was read of a connection that was given away. */
  readonly handedOver: Buffer[] = [];
  ended = 0;
  nowMs = 1_000;
  readonly client: RawConnection;
  readonly plain: PlainConnection;
  readonly socket: Socket;

  private constructor(client: RawConnection, socket: Socket) {
    this.client = client;
    this.socket = socket;
    const before = listeners(socket);
    this.plain = new PlainConnection(
      socket,
      {
        server: { serve: (asked, response) => this.served.push({ request: asked, response }) },
        handOver: (given) => {
          expect([given, listeners(given)]).toEqual([socket, before]);
          given.on('data', (chunk: Buffer) => this.handedOver.push(chunk));
        },
        batch: new WriteBatch(),
        keepAlive: 'Connection: keep-alive\r\n\r\n',
        now: () => this.nowMs,
      },
      () => {
        this.ended += 1;
      },
    );
  }

  static async open(): Promise<Harness> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection');
    const client = await RawConnection.open((server.address() as AddressInfo).port);
    const [socket] = (await accepted) as [Socket];
    onTestFinished(() => {
      client.destroy();
      server.close();
    });
    return new Harness(client, socket);
  }

  /** The next request, once it was read. */
  async ask(): Promise<HttpAnswer> {
    const count = this.served.length + 1;
    this.client.write(request);
    await vi.waitFor(() => expect(this.served.length).toBe(count));
    return (this.served.at(-1) as Served).response;
  }
}

function listeners(socket: Socket): number[] {
  return ['data', 'end', 'close', 'drain'].map((event) => socket.listenerCount(event));
}

function answer(
  response: HttpAnswer,
  body: Uint8Array = Buffer.from('hello'),
  headers: readonly string[] = [],
): void {
  const all = [...headers, 'Content-Length', String(body.length)];
  response.send({ status: 200, headers: listOf(all), known: noHeaders }, body);
}

test('it is new until its first request, and silent whenever no answer is owed', async () => {
  const harness = await Harness.open();
  const { plain } = harness;
  expect([plain.isNew, plain.silentMs(1_700)]).toEqual([true, 700]);
  const response = await harness.ask();
  expect([plain.isNew, plain.silentMs(9_000)]).toEqual([false, 0]);
  harness.nowMs = 5_000;
  answer(response);
  expect(plain.silentMs(5_100)).toBe(100);
});

test('only an idle one is closed', async () => {
  const harness = await Harness.open();
  const response = await harness.ask();
  harness.plain.closeIdle();
  answer(response);
  expect((await harness.client.answer()).body.toString()).toBe('hello');
  expect(harness.ended).toBe(0);
  harness.plain.closeIdle();
  await harness.client.closed;
  await vi.waitFor(() => expect(harness.ended).toBe(1));
});

test.each([
  ['an answer that is still on its way', []],
  ['the last answer', ['Connection', 'close']],
])('closing an idle one cuts nothing of %s', async (_which, headers) => {
  const harness = await Harness.open();
  const { client, plain, socket } = harness;
  client.socket.pause();
  const body = Buffer.alloc(32 * 1024 * 1024, 'osskeep ');
  answer(await harness.ask(), body, headers);
  await sleep(50);
  expect(socket.writableLength).toBeGreaterThan(0);
  plain.closeIdle();
  client.socket.resume();
  expect((await client.answer()).body.equals(body)).toBe(true);
  plain.closeIdle();
  await client.closed;
});

test.each([
  ['small', 5],
  ['large', 100_000],
])('a client that ended its side before it was answered gets a %s answer', async (_size, bytes) => {
  const harness = await Harness.open();
  const response = await harness.ask();
  const ended = once(harness.socket, 'end');
  harness.client.socket.end();
  await ended;
  answer(response, Buffer.alloc(bytes));
  expect((await harness.client.answer()).body.length).toBe(bytes);
  await harness.client.closed;
});

test('closing an idle one cuts no request that waits for its turn', async () => {
  const harness = await Harness.open();
  const { client, plain } = harness;
  const first = await harness.ask();
  client.write(request);
  await vi.waitFor(() => expect(harness.socket.isPaused()).toBe(true));
  answer(first);
  plain.closeIdle();
  await vi.waitFor(() => expect(harness.served.length).toBe(2));
  answer((harness.served[1] as Served).response);
  expect((await client.answer()).status).toBe(200);
  expect((await client.answer()).status).toBe(200);
});

test('a client that takes nothing is not answered without end', async () => {
  const harness = await Harness.open();
  const { client, served, socket } = harness;
  client.socket.pause();
  const body = Buffer.alloc(64 * 1024);
  const requestsMax = 1_000;
  let answered = 0;
  // One by one: two in a chunk would not be plain.
  for (; answered < requestsMax; answered += 1) {
    client.write(request);
    const deadline = performance.now() + 200;
    while (served.length === answered && performance.now() < deadline) await sleep(0);
    if (served.length === answered) break;
    answer((served[answered] as Served).response, body);
  }
  expect(answered).toBeLessThan(requestsMax);
  expect(socket.writableLength).toBeLessThan(1024 * 1024);
  client.socket.resume();
  for (let at = 0; at < answered; at += 1) {
    expect((await client.answer()).body.length).toBe(body.length);
  }
  await vi.waitFor(() => expect(served.length + harness.handedOver.length).toBe(answered + 1));
});

test('what is not plain is given away whole, with nobody listening behind', async () => {
  const harness = await Harness.open();
  const { client } = harness;
  answer(await harness.ask());
  client.write('PUT /k HTTP/1.1\r\n');
  await vi.waitFor(() => expect(harness.handedOver.length).toBe(1));
  client.write('Host: h\r\n');
  await vi.waitFor(() => expect(harness.handedOver.length).toBe(2));
  expect(Buffer.concat(harness.handedOver).toString()).toBe('PUT /k HTTP/1.1\r\nHost: h\r\n');
  expect([harness.ended, harness.served.length]).toEqual([1, 1]);
});

test('who waits for a client that went away goes on', async () => {
  const harness = await Harness.open();
  const response = await harness.ask();
  harness.client.socket.pause();
  const length = 64 * 1024 * 1024;
  response.begin({
    status: 200,
    headers: listOf(['Content-Length', String(length)]),
    known: noHeaders,
  });
  const waiting = response.write(Buffer.alloc(length / 2));
  expect(waiting).toBeInstanceOf(Promise);
  expect(response.isFull).toBe(true);
  harness.client.reset();
  await waiting;
  expect([response.isGone, response.isDone, harness.ended]).toEqual([true, false, 1]);
  expect(response.write(Buffer.from('hello'))).toBeUndefined();
  response.end();
});

describe('an upload whose body follows its head', () => {
  const head = (length: number): string =>
    `PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: ${length}\r\n\r\n`;

  async function upload(harness: Harness, bytes: string): Promise<Served> {
    const count = harness.served.length + 1;
    harness.client.write(bytes);
    await vi.waitFor(() => expect(harness.served.length).toBe(count));
    return harness.served.at(-1) as Served;
  }

  async function read({ request: { body } }: Served): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  test.each([
    ['nothing', ['', 'hello']],
    ['a part', ['he', 'llo']],
    ['all but one byte', ['hell', 'o']],
    ['bytes one by one', ['', 'h', 'e', 'l', 'l', 'o']],
  ])('%s of it came with the head', async (_what, [first = '', ...rest]) => {
    const harness = await Harness.open();
    const served = await upload(harness, head(5) + first);
    expect(served.request.body.hasArrived).toBe(false);
    for (const piece of rest) {
      harness.client.write(piece);
      await sleep(2);
    }
    expect(await read(served)).toBe('hello');
    expect([served.request.body.hasArrived, served.request.body.receivedBytes]).toEqual([true, 5]);
    answer(served.response);
    expect((await harness.client.answer()).status).toBe(200);
    answer(await harness.ask());
    expect((await harness.client.answer()).status).toBe(200);
  });

  test('all of it is at hand where it came before anybody asked', async () => {
    const harness = await Harness.open();
    const { request: asked } = await upload(harness, head(5));
    expect(asked.body.atHand()).toBeUndefined();
    harness.client.write('hello');
    await vi.waitFor(() => expect(asked.body.hasArrived).toBe(true));
    expect(String(asked.body.atHand())).toBe('hello');
    expect(asked.body.atHand()).toBeUndefined();
  });

  test('what stands behind it is the next request, whatever it is', async () => {
    const harness = await Harness.open();
    const served = await upload(harness, `${head(5)}he`);
    harness.client.write(`llo${request}`);
    expect(await read(served)).toBe('hello');
    await sleep(5);
    expect(harness.served.length).toBe(1);
    answer(served.response);
    await vi.waitFor(() => expect(harness.served.length).toBe(2));
    expect(harness.served[1]?.request.method).toBe('GET');
    answer((harness.served[1] as Served).response);
    const again = await upload(harness, `${head(5)}he`);
    harness.client.write('lloPOST / HTTP/1.1\r\n');
    await vi.waitFor(() => expect(again.request.body.hasArrived).toBe(true));
    answer(again.response);
    await vi.waitFor(() => expect(harness.handedOver.length).toBe(1));
    expect(String(harness.handedOver[0])).toBe('POST / HTTP/1.1\r\n');
  });

  test('a client is read no further than who reads it, and what a queue holds', async () => {
    const harness = await Harness.open();
    const length = 999_999;
    const served = await upload(harness, head(length));
    harness.client.write('x'.repeat(length) + request);
    await vi.waitFor(() => expect(harness.socket.isPaused()).toBe(true));
    expect(harness.socket.bytesRead).toBeLessThan(length / 2);
    expect((await read(served)).length).toBe(length);
    answer(served.response);
    await vi.waitFor(() => expect(harness.served.length).toBe(2));
  });

  test.each(['ends its side', 'resets'])('a client that %s inside it', async (how) => {
    const harness = await Harness.open();
    const served = await upload(harness, `${head(5)}he`);
    const reading = read(served);
    if (how === 'resets') harness.client.reset();
    else harness.client.socket.end();
    await expect(reading).rejects.toMatchObject({ code: 'IncompleteBody' });
    expect(served.request.body.hasArrived).toBe(false);
    expect(served.request.body.discard()).toBeUndefined();
  });

  test('what is refused is thrown away until it has come', async () => {
    const harness = await Harness.open();
    const length = 999_999;
    const { request: asked } = await upload(harness, head(length));
    asked.body.fail(new Error('refused'));
    const discarded = asked.body.discard();
    harness.client.write('x'.repeat(length));
    await discarded;
    expect(asked.body.hasArrived).toBe(true);
    await expect(read({ request: asked } as Served)).rejects.toThrow('refused');
  });
});
