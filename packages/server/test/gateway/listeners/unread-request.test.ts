// What Node's parser refuses is a request like any other to those who look after it: it has an id, a line in
// the log, a place in the metrics, and the headers that every answer has.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  expectRefusal,
  type GatewayUnderTest,
  startGateway,
} from '../../support/gateway-under-test.ts';
import { LogLines } from '../../support/log-lines.ts';
import { openConnection } from '../../support/object-requests.ts';
import { sendRaw } from '../../support/raw-http.ts';

let gateway: GatewayUnderTest;
let log: LogLines;

beforeEach(async () => {
  log = new LogLines();
  gateway = await startGateway({ log: 'info', logStream: log, admin: { listen: '127.0.0.1:0' } });
});
afterEach(() => gateway.server.stop());

const rubbish = (method: string): Buffer =>
  Buffer.from(`${method} / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n`);

const ofRequests = () => log.all.filter(({ msg }) => msg === 'request');

test.each([
  ['a line without a colon', rubbish('GET'), 400, 'InvalidRequest', []],
  [
    'a length that is none',
    Buffer.from('PUT / HTTP/1.1\r\nContent-Length: x\r\n\r\n'),
    411,
    'MissingContentLength',
    ['x-oss-ec'],
  ],
  [
    'too large a head',
    Buffer.from(`GET / HTTP/1.1\r\nA: ${'b'.repeat(70_000)}\r\n\r\n`),
    400,
    'InvalidRequest',
    [],
  ],
])('%s is refused, logged and counted', async (_what, bytes, status, code, more) => {
  const answer = await sendRaw(gateway.server.port, bytes);
  if (answer === undefined) throw new Error('no answer');
  expectRefusal(answer, { status, code, closed: true });
  expect([...answer.headers.keys()]).toEqual([
    'server',
    'date',
    'x-oss-request-id',
    'x-oss-server-time',
    'x-content-type-options',
    'connection',
    ...more,
    'content-type',
    'content-length',
  ]);
  await vi.waitFor(() => expect(ofRequests().length).toBe(1));
  const requestId = answer.headers.get('x-oss-request-id');
  expect(ofRequests()[0]).toMatchObject({ requestId, status, remote: '127.0.0.1', bytesIn: 0 });
  const metrics = await (await fetch(`${gateway.server.adminEndpoint}/metrics`)).text();
  expect(metrics).toMatch(new RegExp(`requests_total\\{[^}]*status="${status}"[^}]*\\} 1\\n`));
  expect(metrics).toContain('osskeep_requests_in_flight 0');
});

describe('HEAD', () => {
  test('has no body, and its document in a header', async () => {
    const socket = connect(gateway.server.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => socket.on('end', resolve));
    socket.write(rubbish('HEAD'));
    await ended;
    socket.destroy();
    const [head = '', ...rest] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n');
    expect(rest).toEqual(['']);
    const document = Buffer.from(/x-oss-err: (.*)/.exec(head)?.[1] ?? '', 'base64').toString();
    expect(document).toContain('<Code>InvalidRequest</Code>');
    expect(document).toContain(`<RequestId>${/request-id: (\w+)/.exec(head)?.[1]}</RequestId>`);
    await vi.waitFor(() => expect(ofRequests()[0]).toMatchObject({ method: 'HEAD', status: 400 }));
  });
});

test('a refused upload whose client hangs up inside its body is one request', async () => {
  const connection = await openConnection(gateway);
  // The space behind the value leads past the fast path.
  connection.write('PUT /bucket/key HTTP/1.1\r\nHost: h\r\nA: b \r\nContent-Length: 9\r\n\r\nabc');
  expect((await connection.answer()).status).toBe(404);
  connection.socket.end();
  await connection.closed;
  await vi.waitFor(() => expect(ofRequests().length).toBeGreaterThan(0));
  await sleep(50);
  expect(ofRequests().map(({ status }) => status)).toEqual([404]);
});

test('behind an answer nothing is sent that could be taken for the next', async () => {
  const connection = await openConnection(gateway);
  connection.write('GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nA: b \r\n\r\n');
  expect((await connection.answer()).status).toBe(403);
  connection.write(rubbish('GET'));
  await connection.closed;
  expect(connection.rest.length).toBe(0);
  await vi.waitFor(() => expect(ofRequests().map(({ status }) => status)).toEqual([403, 400]));
});
