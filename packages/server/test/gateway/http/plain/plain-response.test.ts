// The plain lane's answers are spelled as Node spells them, and nothing in a header can end it early.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EncodedHeaders } from '../../../../src/gateway/http/encoded-headers.ts';
import { NodeExchanges } from '../../../../src/gateway/http/node/node-exchange.ts';
import { PlainAnswer } from '../../../../src/gateway/http/plain/plain-answer.ts';
import { PlainLane } from '../../../../src/gateway/http/plain/plain-lane.ts';
import { WriteBatch } from '../../../../src/gateway/http/plain/write-batch.ts';
import { serverOptions } from '../../../../src/gateway/http/server-options.ts';
import type { RequestServer } from '../../../../src/gateway/http/wire.ts';
import { listOf, noHeaders } from '../../../support/header-list.ts';
import { RawConnection } from '../../../support/raw-connection.ts';

interface Answer {
  readonly status: number;
  readonly headers: string[];
  /** Encoded before; behind the others. */
  readonly known?: readonly string[];
  readonly chunks: readonly Buffer[];
}

let answer: Answer;

const requests: RequestServer = {
  serve: (_request, response) => {
    const { status, headers, known = [], chunks } = answer;
    const head = { status, headers: listOf(headers), known: new EncodedHeaders(known) };
    const [first = Buffer.alloc(0), ...others] = chunks;
    if (others.length === 0) {
      response.send(head, first);
      return;
    }
    response.begin(head);
    for (const chunk of chunks) void response.write(chunk);
    response.end();
  },
  refuse: () => undefined,
};

const exchanges = new NodeExchanges(requests);
const node = createServer(serverOptions, (request, response) =>
  exchanges.serve(request, response, false),
);
const plain = createServer(serverOptions);
new PlainLane(plain, requests);

beforeAll(async () => {
  for (const server of [node, plain]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  for (const server of [node, plain]) server.close();
});

/** Two answers on a connection, or one where it ends. */
async function bytesOf(server: Server, method: string): Promise<string[]> {
  const client = await RawConnection.open((server.address() as AddressInfo).port);
  try {
    const answers: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      client.write(`${method} / HTTP/1.1\r\nHost: h\r\n\r\n`);
      const { bytes, says } = await client.answer({ isHead: method === 'HEAD' });
      answers.push(bytes.toString('latin1'));
      if (says !== 'keep-alive') break;
    }
    return answers;
  } finally {
    client.destroy();
  }
}

const valueChar = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x80, max: 0xff }),
);
const value = fc.array(valueChar, { maxLength: 12 }).map((codes) => String.fromCharCode(...codes));
const field = fc.tuple(
  fc.constantFrom('x-oss-meta-b', 'ETag', 'x-oss-meta-a', 'Content-Type'),
  value,
);
const chunk = fc.oneof(
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(16_383, 16_384, 16_385, 40_000).map((size) => Buffer.alloc(size, 'osskeep ')),
);

test('as Node spells them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'HEAD'),
      fc.constantFrom(200, 204, 206, 304, 400, 404, 416, 503, 599),
      fc.array(field, { maxLength: 5 }),
      fc.array(chunk, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (method, status, fields, chunks, isKnown) => {
        const isBodiless = status === 204 || status === 304;
        const length = String(Buffer.concat(chunks).length);
        const described = [...fields.flat(), ...(isBodiless ? [] : ['Content-Length', length])];
        const common = ['Server', 'AliyunOSS'];
        answer = {
          status,
          headers: isKnown ? common : [...common, ...described],
          known: isKnown ? described : [],
          chunks: isBodiless || method === 'HEAD' ? [] : chunks,
        };
        const spelled = await bytesOf(plain, method);
        expect(spelled.length).toBe(2);
        expect(spelled).toEqual(await bytesOf(node, method));
      },
    ),
    { numRuns: 100 },
  );
});

test.each(['GET', 'HEAD'])('a refusal of %s without a length', async (method) => {
  answer = { status: 404, headers: ['x-oss-err', 'PD94bWw='], chunks: [] };
  const spelled = await bytesOf(plain, method);
  if (method === 'HEAD') expect(spelled).toEqual(await bytesOf(node, method));
  // Its end is the end of the connection.
  else expect(spelled).toEqual([expect.stringContaining('\r\nConnection: close\r\n\r\n')]);
});

test.each([true, false])('the last answer of a connection, encoded before: %s', async (isKnown) => {
  const common = ['Server', 'AliyunOSS', 'Connection', 'close'];
  const length = ['Content-Length', '5'];
  answer = {
    status: 200,
    headers: isKnown ? common : [...common, ...length],
    known: isKnown ? length : [],
    chunks: [Buffer.from('hello')],
  };
  const spelled = await bytesOf(plain, 'GET');
  expect(spelled).toEqual(await bytesOf(node, 'GET'));
  expect(spelled.length).toBe(1);
});

/** Whole answers leave together, when the turn is over. */
const written = () => new Promise((resolve) => setImmediate(resolve));

describe('what no header can carry is refused before anything is sent', () => {
  const socket = (): PassThrough & { sent(): string } => {
    const stream = new PassThrough();
    return Object.assign(stream, { sent: () => String(stream.read() ?? '') });
  };
  const parts = { batch: new WriteBatch(), keepAlive: 'Connection: keep-alive\r\n\r\n' };
  const nothing = Buffer.alloc(0);
  const controls = [...Array(32).keys(), 0x7f].filter((code) => code !== 0x09);
  const bad = [...controls.map((code) => String.fromCharCode(code)), '\u0100', '\u2028', '文'];

  test.each([
    ['a value', (char: string) => ['x-oss-meta-a', `b${char}c`]],
    ['the end of a value', (char: string) => ['x-oss-meta-a', `b${char}`]],
    ['a whole value', (char: string) => ['x-oss-meta-a', char]],
    ['the value of Connection', (char: string) => ['Connection', `close${char}`]],
    ['a name', (char: string) => [`x-oss-meta-a${char}b`, 'c']],
  ])('in %s', async (_where, fieldWith) => {
    for (const char of bad) {
      const stream = socket();
      let answered = 0;
      const response = new PlainAnswer(stream as never, false, parts, () => {
        answered += 1;
      });
      const headers = ['Server', 'AliyunOSS', ...fieldWith(char), 'Content-Length', '0'];
      const spoilt = { status: 200, headers: listOf(headers), known: noHeaders };
      expect(() => response.send(spoilt, nothing), JSON.stringify(char)).toThrow(TypeError);
      expect([response.isBegun, answered, stream.sent()]).toEqual([false, 0, '']);
      // The refusal that follows is not spoilt by it.
      const refused = listOf(['Content-Length', '0']);
      response.send({ status: 500, headers: refused, known: noHeaders }, nothing);
      const refusal = 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: ';
      await written();
      expect([answered, stream.sent()]).toEqual([1, expect.stringContaining(refusal)]);
    }
  });

  test('a tab and Latin-1 are carried', async () => {
    const stream = socket();
    const response = new PlainAnswer(stream as never, false, parts, () => undefined);
    const headers = ['x-oss-meta-a', 'b\tc\u00e9', 'Content-Length', '0'];
    response.send({ status: 200, headers: listOf(headers), known: noHeaders }, nothing);
    await written();
    expect(stream.sent()).toContain('x-oss-meta-a: b\tc');
  });
});
