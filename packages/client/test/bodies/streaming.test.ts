// Bodies over a real socket, both ways and with either transport: what stands on the wire, that nothing is
// held in memory, aborts and standstills.
import { setTimeout as wait } from 'node:timers/promises';
import { crc64 } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import { testClient } from '../support/client.ts';
import { sendWhileOpen } from '../support/endless-answer.ts';
import { failure } from '../support/failure.ts';
import { recordingServer } from '../support/recording-server.ts';
import { transports } from '../support/transports.ts';

const stored = { 'x-oss-request-id': '5C3D9175B6FC201293AD4901' };

async function* chunks(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) yield new Uint8Array(bytes).fill(i);
}

describe.each(transports)('%s', (_name, fetch) => {
  test('a stream of known length has Content-Length, else it is chunked', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, stored).end();
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    await client.putObject('a', chunks(3, 1000), { contentLength: 3000 });
    await client.putObject('a', chunks(3, 1000));
    const [known, unknown] = server.requests;
    expect(known?.headers['content-length']).toBe('3000');
    expect(known?.headers['transfer-encoding']).toBeUndefined();
    expect(unknown?.headers['transfer-encoding']).toBe('chunked');
    for (const request of [known, unknown]) {
      expect(request?.body.length).toBe(3000);
      expect([request?.body[999], request?.body[1000], request?.body[2999]]).toEqual([0, 1, 2]);
    }
  });

  test('bytes, text and Blobs carry their length and no media type of fetch’s making', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, stored).end();
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    await client.putObject('a', 'hällo');
    await client.putObject('a', new Uint8Array(0));
    await client.putObject('a', new Blob(['xyz'], { type: 'image/png' }));
    await client.putObject('a', new Blob(['xyz'], { type: 'image/png' }), { contentType: 'a/b' });
    const seen = server.requests.map(({ headers, body }) => [
      headers['content-length'],
      headers['content-type'],
      body.toString(),
    ]);
    expect(seen).toEqual([
      ['6', undefined, 'hällo'],
      ['0', undefined, ''],
      ['3', 'image/png', 'xyz'],
      ['3', 'a/b', 'xyz'],
    ]);
  });

  test('headers are UTF-8 on the wire; caches and compression are not asked for', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, stored).end();
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    await client.putObject('a', 'x', { metadata: { Name: '中文 é' } });
    const headers = server.requests[0]?.headers ?? {};
    expect(Buffer.from(String(headers['x-oss-meta-name']), 'latin1').toString()).toBe('中文 é');
    expect(headers['accept-encoding']).toBe('identity');
    expect(headers['cache-control']).toBeUndefined();
  });

  test('a download is a stream, checked at its end', async () => {
    const whole = Buffer.concat([Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2)]);
    await using server = await recordingServer((response) => {
      const sum = String(crc64(whole));
      response.writeHead(200, { 'x-oss-hash-crc64ecma': sum, 'content-length': whole.length });
      response.end(whole);
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const iterated: Uint8Array[] = [];
    for await (const chunk of (await client.getObject('a')).body) iterated.push(chunk);
    expect(Buffer.concat(iterated).equals(whole)).toBe(true);
    const bytes = await (await client.getObject('a')).body.bytes();
    expect(Buffer.from(bytes).equals(whole)).toBe(true);
    const response = new Response((await client.getObject('a')).body.stream());
    expect(Buffer.from(await response.arrayBuffer()).equals(whole)).toBe(true);
    const { body } = await client.getObject('a');
    expect((await body.text()).length).toBe(whole.length);
    await expect(body.text()).rejects.toMatchObject({ problem: 'body' });
  });

  test('who reads slowly slows the server down, and who stops early frees the connection', async () => {
    let written = 0;
    let ended = false;
    await using server = await recordingServer(async (response) => {
      response.writeHead(200);
      await sendWhileOpen(response, Buffer.alloc(1 << 20), () => {
        written += 1;
        return written <= 400;
      });
      ended = true;
    });
    const { body } = await testClient({ endpoint: server.endpoint, fetch }).getObject('a');
    for await (const _chunk of body) {
      await wait(200);
      break;
    }
    // Buffers of both sides, not the 400 MiB there are.
    expect(written).toBeLessThan(64);
    await expect.poll(() => ended).toBe(true);
  });

  test('the caller’s signal ends a wait for the answer, an upload and a download', async () => {
    await using server = await recordingServer((response, { target }) => {
      if (target.includes('silent')) return;
      response.writeHead(200, { 'content-length': '10' }).write('12345');
    });
    const client = testClient({ endpoint: server.endpoint, fetch });
    const reason = new Error('the caller has left');
    const soon = (): AbortSignal => {
      const own = new AbortController();
      setTimeout(() => own.abort(reason), 50);
      return own.signal;
    };
    expect(await failure(client.headObject('silent', { signal: soon() }))).toBe(reason);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield new Uint8Array(10);
        await wait(5);
      }
    }
    expect(await failure(client.putObject('a', endless(), { signal: soon() }))).toBe(reason);
    const { body } = await client.getObject('a', { signal: soon() });
    expect(await failure(body.bytes())).toBe(reason);
  });

  test('a standstill ends by itself; a slow caller is none', async () => {
    await using server = await recordingServer(async (response, { target }) => {
      if (target.includes('silent')) return;
      response.writeHead(200, { 'content-length': '10' }).write('12345');
      if (target.includes('half')) return;
      await wait(400);
      response.end('67890');
    });
    const client = testClient({ endpoint: server.endpoint, fetch, timeoutMs: 150 });
    expect(await failure(client.headObject('silent'))).toMatchObject({ problem: 'timeout' });
    expect(server.requests.length).toBe(3);
    const { body } = await client.getObject('half');
    expect(await failure(body.bytes())).toMatchObject({ problem: 'timeout' });

    const patient = testClient({ endpoint: server.endpoint, fetch, timeoutMs: 2000 });
    const iterator = (await patient.getObject('slow')).body[Symbol.asyncIterator]();
    await iterator.next();
    await wait(500);
    expect((await iterator.next()).value?.length).toBe(5);
    expect((await iterator.next()).done).toBe(true);
  });

  test('a slow source of an upload is no standstill', async () => {
    await using server = await recordingServer((response) => {
      response.writeHead(200, stored).end();
    });
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      await wait(400);
      yield new Uint8Array(1);
    }
    const client = testClient({ endpoint: server.endpoint, fetch, timeoutMs: 150 });
    await client.putObject('a', slow());
    expect(server.requests[0]?.body.length).toBe(2);
  });

  test('a refusal while the upload runs is told, and ends it', async () => {
    await using server = await earlyRefusal();
    let isOver = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(1000);
          await wait(2);
        }
      } finally {
        isOver = true;
      }
    }
    const client = testClient({ endpoint: server.endpoint, fetch });
    const put = client.putObject('a', endless());
    await expect(put).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    // The source is let go: a file behind it can be closed.
    await expect.poll(() => isOver).toBe(true);
  });
});

async function earlyRefusal(): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const { createServer } = await import('node:http');
  const { once } = await import('node:events');
  const { errorDocument } = await import('../support/recording-server.ts');
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end(errorDocument('AccessDenied'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
