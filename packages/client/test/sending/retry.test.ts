// Which failures are repeated, how long is waited, and how a wrong clock is put right.
import { describe, expect, test } from 'vitest';
import { type Fetch, OssError, TransportError } from '../../src/index.ts';
import { noWaiting, testClient } from '../support/client.ts';
import { failure } from '../support/failure.ts';
import { errorDocument } from '../support/recording-server.ts';

type Step = Response | Error | (() => Response);

/** Answers one step after the other, and keeps the headers of each request. */
function script(...steps: Step[]): Fetch & { readonly sent: Headers[] } {
  const sent: Headers[] = [];
  const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
    const step = steps[sent.length];
    sent.push(new Headers(init.headers));
    if (step === undefined) throw new Error('More requests than the test expects.');
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step() : step;
  };
  return Object.assign(fetch, { sent });
}

const ok = (): Response => new Response(null, { status: 204 });
const refused = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(errorDocument(code), { status, headers });

describe('repeated', () => {
  test.each([
    ['a broken connection', new TypeError('fetch failed')],
    ['408', new Response('', { status: 408 })],
    ['429', refused(429, 'QpsLimitExceeded')],
    ['500 InternalError', refused(500, 'InternalError')],
    ['502 of a proxy', new Response('<html>bad gateway</html>', { status: 502 })],
    ['503', refused(503, 'ServiceUnavailable')],
  ] as [string, Step][])('%s', async (_name, step) => {
    const fetch = script(step, ok);
    await testClient({ fetch }).deleteObject('a');
    expect(fetch.sent.length).toBe(2);
  });
});

describe('not repeated', () => {
  test.each([400, 403, 404, 405, 409, 411, 412, 416, 501])('%d', async (status) => {
    const fetch = script(refused(status, 'SomeCode'));
    const error = await failure(testClient({ fetch }).deleteObject('a'));
    expect(error).toMatchObject({ name: 'OssError', code: 'SomeCode', status });
    expect(fetch.sent.length).toBe(1);
  });

  test('a redirect', async () => {
    const fetch = script(new Response(null, { status: 307, headers: { location: 'http://e/' } }));
    const error = await failure(testClient({ fetch }).deleteObject('a'));
    expect(error).toMatchObject({ name: 'TransportError', problem: 'redirect', status: 307 });
  });

  test('anything, when one attempt is asked for', async () => {
    const fetch = script(refused(500, 'InternalError'));
    const client = testClient({ fetch, retry: { ...noWaiting(), attempts: 1 } });
    await expect(client.deleteObject('a')).rejects.toBeInstanceOf(OssError);
  });
});

describe('waiting', () => {
  const down = (): Response => refused(503, 'ServiceUnavailable');

  test('doubles, is random from nothing up, and has a ceiling', async () => {
    for (const [random, expected] of [
      [1, [200, 400, 800, 1000, 1000]],
      [0.5, [100, 200, 400, 500, 500]],
      [0, [0, 0, 0, 0, 0]],
    ] as const) {
      const waiting = noWaiting(random);
      const fetch = script(down, down, down, down, down, down);
      const client = testClient({ fetch, retry: { ...waiting, attempts: 6, maxMs: 1000 } });
      await expect(client.deleteObject('a')).rejects.toMatchObject({ status: 503 });
      expect(waiting.waits).toEqual(expected);
    }
  });

  test('as long as Retry-After says, within the ceiling', async () => {
    const waiting = noWaiting(0);
    const later = (seconds: string) => refused(503, 'X', { 'retry-after': seconds });
    const fetch = script(later('3'), later('999999'), later('soon'), ok);
    await testClient({ fetch, retry: { ...waiting, attempts: 4 } }).deleteObject('a');
    expect(waiting.waits).toEqual([3000, 20_000, 0]);
  });

  test('ends with the caller’s signal, with its own reason', async () => {
    const own = new AbortController();
    const fetch = script(down, ok);
    const reason = new Error('enough');
    const client = testClient({ fetch, retry: { baseMs: 60_000, random: () => 1 } });
    setTimeout(() => own.abort(reason), 20);
    expect(await failure(client.deleteObject('a', { signal: own.signal }))).toBe(reason);
    expect(fetch.sent.length).toBe(1);
  });

  test('is not begun when the signal is aborted already', async () => {
    const fetch = script();
    const reason = new Error('before');
    const signal = AbortSignal.abort(reason);
    expect(await failure(testClient({ fetch }).deleteObject('a', { signal }))).toBe(reason);
    expect(fetch.sent.length).toBe(0);
  });
});

describe('a wrong clock', () => {
  const service = Date.UTC(2026, 10, 24, 12, 0, 0);
  const skewed = (more: string, headers: Record<string, string> = {}): Response =>
    new Response(errorDocument('RequestTimeTooSkewed', more), { status: 403, headers });

  test.each([
    ['ServerTime', skewed('<ServerTime>2026-11-24T12:00:00.000Z</ServerTime>')],
    ['Date', skewed('', { date: 'Tue, 24 Nov 2026 12:00:00 GMT' })],
  ])('is put right from %s, for later calls too', async (_name, step) => {
    let ms = service - 86_400_000;
    const fetch = script(step, ok, ok);
    const client = testClient({ fetch, clock: { now: () => ms } });
    await client.deleteObject('a');
    ms += 5000;
    await client.deleteObject('b');
    const dates = fetch.sent.map((headers) => headers.get('x-oss-date'));
    expect(dates).toEqual(['20261123T120000Z', '20261124T120000Z', '20261124T120005Z']);
    expect(fetch.sent[1]?.get('authorization')).toContain('/20261124/cn-hangzhou/');
    const { url } = await client.presign('GET', 'a');
    expect(new URL(url).searchParams.get('x-oss-date')).toBe('20261124T120005Z');
  });

  test('in a HEAD, from x-oss-err', async () => {
    const document = errorDocument(
      'RequestTimeTooSkewed',
      '<ServerTime>2026-11-24T12:00:00.000Z</ServerTime>',
    );
    const headers = { 'x-oss-err': btoa(document) };
    const fetch = script(new Response(null, { status: 403, headers }), new Response(null));
    await testClient({ fetch, clock: { now: () => 0 } }).headBucket();
    expect(fetch.sent[1]?.get('x-oss-date')).toBe('20261124T120000Z');
  });

  test('that stays wrong is told after one correction', async () => {
    const again = () => skewed('<ServerTime>2026-11-24T12:00:00.000Z</ServerTime>');
    const fetch = script(again, again);
    const client = testClient({ fetch, retry: { ...noWaiting(), attempts: 9 } });
    await expect(client.deleteObject('a')).rejects.toMatchObject({ code: 'RequestTimeTooSkewed' });
    expect(fetch.sent.length).toBe(2);
  });
});

describe('bodies', () => {
  const down = (): Response => refused(503, 'ServiceUnavailable');
  const bytes = new TextEncoder().encode('hello');
  const stream = (): ReadableStream<Uint8Array> => new Blob([bytes]).stream();

  /** As a server that takes the body and then fails. */
  function taking(
    ...steps: Step[]
  ): Fetch & { readonly sent: Headers[]; readonly taken: string[] } {
    const inner = script(...steps);
    const taken: string[] = [];
    const fetch: Fetch = async (url, init) => {
      if (init.body != null) taken.push(await new Response(init.body).text());
      return inner(url, init);
    };
    return Object.assign(fetch, { sent: inner.sent, taken });
  }

  test.each([
    ['bytes', () => bytes],
    ['text', () => 'hello'],
    ['an ArrayBuffer', () => bytes.buffer.slice(0) as ArrayBuffer],
    ['a Blob', () => new Blob(['hello'])],
    ['a stream that can be opened anew', () => stream],
  ])('%s are sent again', async (_name, body) => {
    const fetch = taking(down, down, () => new Response(null));
    await testClient({ fetch }).putObject('a', body());
    expect(fetch.taken).toEqual(['hello', 'hello', 'hello']);
  });

  test('a stream is not, once its first byte was taken', async () => {
    const fetch = taking(down, ok);
    await expect(testClient({ fetch }).putObject('a', stream())).rejects.toMatchObject({
      status: 503,
    });
    expect(fetch.taken).toEqual(['hello']);
  });

  test('a stream nobody has touched is', async () => {
    const inner = taking(() => new Response(null));
    let calls = 0;
    const fetch: Fetch = async (url, init) => {
      calls += 1;
      if (calls === 1) throw new TypeError('fetch failed');
      return inner(url, init);
    };
    await testClient({ fetch }).putObject('a', stream());
    expect(inner.taken).toEqual(['hello']);
  });

  test('a source that fails is told as itself, not as a broken connection', async () => {
    const broken = new Error('the disk is gone');
    async function* source(): AsyncGenerator<Uint8Array> {
      yield bytes;
      throw broken;
    }
    const fetch = taking(ok);
    expect(await failure(testClient({ fetch }).putObject('a', source()))).toBe(broken);
    expect(fetch.sent.length).toBe(0);
  });

  test.each([4, 6])('a stream of another length than %d is refused', async (contentLength) => {
    const client = testClient({ fetch: taking(ok) });
    for (const body of [stream(), stream, bytes]) {
      await expect(client.putObject('a', body, { contentLength })).rejects.toMatchObject({
        name: 'ClientError',
        problem: 'body',
      });
    }
  });

  test('a stream of text is refused', async () => {
    async function* source(): AsyncGenerator<string> {
      yield 'text';
    }
    const body = source() as unknown as AsyncIterable<Uint8Array>;
    const put = testClient({ fetch: taking(ok) }).putObject('a', body);
    await expect(put).rejects.toMatchObject({ problem: 'body' });
  });

  test('a stored CRC-64 that differs fails the upload, unless that is switched off', async () => {
    const stored = () => new Response(null, { headers: { 'x-oss-hash-crc64ecma': '1' } });
    for (const body of [bytes, new Blob(['hello']), stream]) {
      const put = testClient({ fetch: taking(stored) }).putObject('a', body);
      await expect(put).rejects.toMatchObject({ name: 'IntegrityError' });
      const off = testClient({ fetch: taking(stored), checkIntegrity: false });
      expect((await off.putObject('a', body)).crc64).toBe(1n);
    }
  });

  test('the network’s failure has its cause, and no secret', async () => {
    const cause = new TypeError('fetch failed');
    const error = await failure(
      testClient({ fetch: script(cause, cause, cause) }).deleteObject('a'),
    );
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ problem: 'network', cause });
    expect(error.message).toContain('127.0.0.1:6770');
  });
});
