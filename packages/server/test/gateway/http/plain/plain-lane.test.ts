// The plain lane answers as Node's HTTP server does, byte for byte, and what is not plain reaches that
// server with nothing lost: over real sockets, against a whole server.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainHead } from '../../../../src/gateway/http/plain/plain-head.ts';
import { bodyOf } from '../../../support/bodies.ts';
import {
  bucket,
  type GatewayUnderTest,
  startGateway,
  startMs,
} from '../../../support/gateway-under-test.ts';
import { objectRequest, openConnection, storeObject } from '../../../support/object-requests.ts';
import type { RawAnswer } from '../../../support/raw-connection.ts';
import { requestBytes } from '../../../support/raw-http.ts';
import { signForm } from '../../../support/signed-forms.ts';
import { signRaw } from '../../../support/signed-raw.ts';

const bodies = {
  small: bodyOf({ seed: 1, size: 500 }),
  large: bodyOf({ seed: 2, size: 100 * 1024 }),
  huge: bodyOf({ seed: 3, size: 12 * 1024 * 1024 }),
  empty: Buffer.alloc(0),
};

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await startGateway({ fastPath: true });
  for (const [key, body] of Object.entries(bodies)) await storeObject(gateway, key, body);
});
afterAll(() => gateway.server.stop());

const get = (key: string, headers: readonly (readonly [string, string])[] = []): Buffer =>
  objectRequest(gateway, key, { headers });
const head = (key: string): Buffer => objectRequest(gateway, key, { method: 'HEAD' });
const put = (
  key: string,
  body: Buffer,
  headers: readonly (readonly [string, string])[] = [],
): Buffer => objectRequest(gateway, key, { method: 'PUT', body, headers });
const elsewhere = { target: '/elsewhere/key', bucket: 'elsewhere', key: 'key' };

/** The same request, with a field that is spelled in an unusual way. */
function notPlain(request: Buffer): Buffer {
  const other = request.toString('latin1').replace('\r\n\r\n', '\r\nAccept: */* \r\n\r\n');
  return Buffer.from(other, 'latin1');
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex').toUpperCase()}"`;
}

/** Sent in as many writes as there are pieces, each read before the next comes. */
async function answerTo(...pieces: readonly Uint8Array[]): Promise<RawAnswer> {
  const connection = await openConnection(gateway);
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) await sleep(pieces.length > 2 ? 1 : 20);
    connection.write(piece);
  }
  return connection.answer({ isHead: pieces[0]?.[0] === 'H'.charCodeAt(0) });
}

const requests: Record<string, readonly [status: number, request: () => Buffer]> = {
  'a small object': [200, () => get('small')],
  'an object that is streamed': [200, () => get('large')],
  'an empty object': [200, () => get('empty')],
  HEAD: [200, () => head('large')],
  'a range': [206, () => get('large', [['Range', 'bytes=70000-80000']])],
  'a range of a small object': [206, () => get('small', [['Range', 'bytes=-7']])],
  'an object that the client has': [
    304,
    () => get('small', [['If-None-Match', etag(bodies.small)]]),
  ],
  'an object changed since': [412, () => get('small', [['If-Match', '"0"']])],
  'a missing object': [404, () => get('missing')],
  'HEAD of a missing object': [404, () => head('missing')],
  'an expired link': [403, expiredLink],
  'no signature': [
    403,
    () => requestBytes({ target: `/${bucket}/small`, headers: [['Host', 'h']] }),
  ],
  'a listing': [200, () => requestBytes(signRaw(gateway.signer, { target: `/${bucket}`, bucket }))],
  'a small upload': [200, () => put('upload', bodies.small)],
  'an upload of nothing': [200, () => put('upload', bodies.empty)],
  'an upload that becomes a blob': [200, () => put('upload', bodies.large.subarray(0, 20_000))],
  'an upload with the MD5 of another body': [
    400,
    () => put('upload', bodies.small, [['Content-MD5', 'XrY7u+Ae7tCTyyK7j1rNww==']]),
  ],
  'two hosts': [400, () => get('small', [['Host', 'other.example.com']])],
};

/** Before their bodies are read: one that is still on its way costs the connection. */
const refusedUploads: typeof requests = {
  'an upload without a signature': [
    403,
    () =>
      requestBytes({
        method: 'PUT',
        target: `/${bucket}/upload`,
        headers: [
          ['Host', 'h'],
          ['Content-Length', '500'],
        ],
        body: bodies.small,
      }),
  ],
  'an upload to a bucket that is not there': [
    404,
    () =>
      requestBytes(signRaw(gateway.signer, { ...elsewhere, method: 'PUT', body: bodies.small })),
  ],
};

function expiredLink(): Buffer {
  gateway.clock.set(startMs - 3_600_000);
  const link = signForm(gateway, 'V4 URL', { bucket, key: 'small', lifetimeS: 60 });
  gateway.clock.set(startMs);
  return requestBytes(link);
}

describe.each(Object.entries({ ...requests, ...refusedUploads }))(
  '%s',
  (_what, [status, request]) => {
    test('is answered as on the other way', async () => {
      const plain = request();
      const other = notPlain(plain);
      expect([plainHead(plain) === undefined, plainHead(other) === undefined]).toEqual([
        false,
        true,
      ]);
      const answer = await answerTo(plain);
      expect(answer.status).toBe(status);
      expect(answer.lasting).toBe((await answerTo(other)).lasting);
    });
  },
);

describe.each(Object.entries(requests))('%s', (_what, [, request]) => {
  test('is read in two pieces', async () => {
    const whole = request();
    const cut = whole.length >> 1;
    const answer = await answerTo(whole.subarray(0, cut), whole.subarray(cut));
    expect(answer.lasting).toBe((await answerTo(notPlain(whole))).lasting);
  });
});

test('a head that comes byte by byte', async () => {
  const bytes = get('small');
  const answer = await answerTo(...Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1)));
  expect(answer.lasting).toBe((await answerTo(bytes)).lasting);
});

describe('several requests on a connection', () => {
  const keys = ['small', 'huge', 'empty', 'small', 'large'] as const;
  const expected = keys.map((key) => bodies[key]);

  test('one after the other', async () => {
    const connection = await openConnection(gateway);
    for (const key of keys) {
      connection.write(get(key));
      const answer = await connection.answer();
      expect([answer.says, answer.body.equals(bodies[key])]).toEqual(['keep-alive', true]);
    }
    connection.write(head('large'));
    expect((await connection.answer({ isHead: true })).status).toBe(200);
    connection.write(get('missing'));
    expect((await connection.answer()).status).toBe(404);
    expect(connection.rest.length).toBe(0);
  });

  test.each([
    ['in one write', true],
    ['each while the one before is answered', false],
  ])('GETs %s are answered in order', async (_how, together) => {
    const connection = await openConnection(gateway);
    connection.socket.pause();
    const all = keys.map((key) => get(key));
    for (const bytes of together ? [Buffer.concat(all)] : all) {
      connection.write(bytes);
      await sleep(20);
    }
    connection.socket.resume();
    for (const body of expected) expect((await connection.answer()).body.equals(body)).toBe(true);
    expect(connection.rest.length).toBe(0);
  });

  test('uploads and downloads of them, each in one piece', async () => {
    const connection = await openConnection(gateway);
    for (const size of [1, 0, 8_159, 8_160, 40_000]) {
      const body = bodyOf({ seed: size, size });
      const request = put('turn', body);
      expect(plainHead(request)?.body?.length).toBe(size);
      connection.write(request);
      expect((await connection.answer()).status).toBe(200);
      connection.write(get('turn'));
      expect((await connection.answer()).body.equals(body)).toBe(true);
    }
    connection.write(put('turn', bodies.small, [['Content-MD5', 'XrY7u+Ae7tCTyyK7j1rNww==']]));
    expect((await connection.answer()).status).toBe(400);
    connection.write(get('turn'));
    expect((await connection.answer()).body.length).toBe(40_000);
    expect(connection.isClosed).toBe(false);
  });

  const upload = bodyOf({ seed: 4, size: 300_000 });

  test.each([
    ['after the answer', 'after'],
    ['while a plain request is answered', 'during'],
    ['in one write with it', 'together'],
  ])('an upload %s', async (_when, when) => {
    const connection = await openConnection(gateway);
    const bytes = put(`upload ${when}`.replace(' ', '-'), upload);
    if (when === 'together') connection.write(Buffer.concat([get('large'), bytes]));
    else connection.write(get('huge'));
    if (when === 'during') {
      for (let at = 0; at < bytes.length; at += 50_000) {
        connection.write(bytes.subarray(at, at + 50_000));
      }
    }
    const first = await connection.answer();
    expect(first.body.equals(bodies[when === 'together' ? 'large' : 'huge'])).toBe(true);
    if (when === 'after') connection.write(bytes);
    expect((await connection.answer()).status).toBe(200);
    connection.write(get(`upload-${when}`));
    expect((await connection.answer()).body.equals(upload)).toBe(true);
  });

  test('an upload in pieces after plain requests, its head cut anywhere', async () => {
    const bytes = put('upload-in-pieces', bodies.small);
    for (const cut of [1, 10, 200, bytes.length - bodies.small.length, bytes.length - 1]) {
      const connection = await openConnection(gateway);
      connection.write(get('small'));
      await connection.answer();
      connection.write(bytes.subarray(0, cut));
      await sleep(5);
      connection.write(bytes.subarray(cut));
      expect((await connection.answer()).status).toBe(200);
      connection.write(get('upload-in-pieces'));
      expect((await connection.answer()).body.equals(bodies.small)).toBe(true);
    }
  });

  test('rubbish behind a plain request: its answer is whole, then the connection ends', async () => {
    const connection = await openConnection(gateway);
    connection.write(get('huge'));
    connection.write('\0 rubbish\r\n\r\n');
    expect((await connection.answer()).body.equals(bodies.huge)).toBe(true);
    await connection.closed;
    expect(connection.rest.length).toBe(0);
  });
});
