// stop() under load: every request on an accepted connection is answered whole, the client is told
// to go, and afterwards nobody listens (choices §7, durability reference §4).
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  bucket,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';
import { requestBytes } from '../support/raw-http.ts';
import { signRaw } from '../support/signed-raw.ts';

const key = 'large.bin';
const target = `/${bucket}/${key}`;
const body = Buffer.alloc(200_000, 'osskeep ');

/** The load is on when so many answers have come. */
const answersBefore = 100;

interface Outcome {
  answered: number;
  toldToClose: boolean;
  /** Requests written on the accepted connection without a whole answer. */
  lost: number;
}

/** The length of the whole answer at the front, or undefined while it is not there yet. */
function answerLength(received: Buffer): { length: number; head: string } | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const announced = /content-length: (\d+)/i.exec(head)?.[1];
  const length = headEnd + 4 + Number(announced ?? Number.NaN);
  return received.length >= length ? { length, head } : undefined;
}

/** One keep-alive client: a request, its whole answer, the next, until it is told to close. */
async function hammer(socket: Socket, bytes: Buffer): Promise<Outcome> {
  const outcome: Outcome = { answered: 0, toldToClose: false, lost: 0 };
  let received = Buffer.alloc(0);
  let ended = false;
  let wake = (): void => undefined;
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('close', () => {
    ended = true;
    wake();
  });
  while (!outcome.toldToClose) {
    socket.write(bytes);
    let answer = answerLength(received);
    while (answer === undefined && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      answer = answerLength(received);
    }
    if (answer === undefined) {
      outcome.lost += 1;
      return outcome;
    }
    expect(answer.head).toMatch(/^HTTP\/1\.1 200 /);
    const content = received.subarray(answer.length - body.length, answer.length);
    expect(content.equals(body)).toBe(true);
    outcome.answered += 1;
    outcome.toldToClose = /connection: close/i.test(answer.head);
    received = received.subarray(answer.length);
  }
  return outcome;
}

async function refusesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const refused = await Promise.race([
    once(socket, 'connect').then(() => false),
    once(socket, 'error').then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return refused;
}

async function withObject(): Promise<GatewayUnderTest> {
  const gateway = await startGateway({}, { drain: {} });
  const put = await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick);
  expect(put.status).toBe(200);
  return gateway;
}

test('16 busy keep-alive clients lose nothing', async () => {
  const gateway = await withObject();
  const { port } = gateway.server;
  const bytes = requestBytes(signRaw(gateway.signer, { target, bucket, key }));
  const sockets = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  const clients = sockets.map((socket) => hammer(socket, bytes));
  const read = (): number => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  while (read() < answersBefore * body.length) await sleep(5);
  const stopped = gateway.server.stop();
  const outcomes = await Promise.all(clients);
  await stopped;

  expect(outcomes.map(({ lost }) => lost)).toEqual(new Array(16).fill(0));
  expect(outcomes.every(({ toldToClose }) => toldToClose)).toBe(true);
  const answered = outcomes.reduce((sum, { answered }) => sum + answered, 0);
  expect(answered).toBeGreaterThanOrEqual(answersBefore);
  expect(await refusesConnections(port)).toBe(true);
});

test('an idle keep-alive connection may still send one request', async () => {
  const gateway = await withObject();
  const socket = connect(gateway.server.port, '127.0.0.1');
  await once(socket, 'connect');
  const stopped = gateway.server.stop();
  await sleep(400);
  const bytes = requestBytes(signRaw(gateway.signer, { target, bucket, key }));
  expect(await hammer(socket, bytes)).toEqual({ answered: 1, toldToClose: true, lost: 0 });
  await stopped;
});

test('an upload that has begun is finished, and acknowledged whole', async () => {
  const gateway = await withObject();
  const upload = signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body });
  const bytes = requestBytes(upload);
  const socket = connect(gateway.server.port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.write(bytes.subarray(0, bytes.length - 50_000));
  await sleep(50);
  const stopped = gateway.server.stop();
  for (let at = bytes.length - 50_000; at < bytes.length; at += 10_000) {
    await sleep(300);
    socket.write(bytes.subarray(at, at + 10_000));
  }
  await once(socket, 'close');
  await stopped;
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  expect(text).toMatch(/connection: close/i);
});

test('stop() twice is one stop', async () => {
  const gateway = await startGateway({}, { drain: {} });
  await Promise.all([gateway.server.stop(), gateway.server.stop()]);
  await gateway.server.stop();
  expect(await refusesConnections(gateway.server.port)).toBe(true);
});
