// The admin listener as a supervisor and Prometheus see it.

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Query, View } from '../../src/core/ports/metadata.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import {
  bucket,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { requestBytes } from '../support/raw-http.ts';
import { signRaw } from '../support/signed-raw.ts';

let gateway: GatewayUnderTest;

const admin = { admin: { listen: '127.0.0.1:0' } };

function ask(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${gateway.server.adminEndpoint}${path}`, init);
}

async function status(path: string, init?: RequestInit): Promise<number> {
  const response = await ask(path, init);
  await response.arrayBuffer();
  return response.status;
}

afterEach(() => gateway.server.stop());

// Security checklist 42.
describe('routes', () => {
  beforeEach(async () => {
    gateway = await startGateway(admin);
  });

  test('health says ok and nothing else', async () => {
    for (const path of ['/livez', '/readyz']) {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('ok\n');
      expect([...response.headers.keys()].sort()).toEqual([
        'cache-control',
        'connection',
        'content-length',
        'content-type',
        'date',
        'keep-alive',
        'x-content-type-options',
      ]);
    }
    const head = await ask('/livez', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '3']);
  });

  test('only the three paths, only to read', async () => {
    expect(await status('/livez?verbose')).toBe(200);
    for (const path of ['/', '/healthz', '/livez/', '/metrics/x', '//livez', `/${bucket}`]) {
      expect(await status(path), path).toBe(404);
    }
    for (const path of ['/livez', '/readyz', '/metrics']) {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const response = await ask(path, { method });
        await response.arrayBuffer();
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      }
    }
    expect(await status('/livez', { method: 'POST', body: 'x'.repeat(100_000) })).toBe(405);
  });

  test('no route of one listener is on the other', async () => {
    const signed = requestBytes(signRaw(gateway.signer, { target: '/' }));
    expect((await gateway.raw(signed, quick)).status).toBe(200);
    for (const path of ['/livez', '/readyz', '/metrics']) {
      const response = await fetch(`${gateway.server.endpoint}${path}`);
      expect(await response.text()).toContain('<Error>');
    }
  });
});

describe('readiness', () => {
  test('ends when the server drains, while it still answers; then nobody listens', async () => {
    gateway = await startGateway(admin, { drain: { acceptMs: 1_000 } });
    expect(await status('/readyz')).toBe(200);
    const stopped = gateway.server.stop();
    const response = await ask('/readyz');
    expect([response.status, await response.text()]).toEqual([503, 'unavailable\n']);
    expect(await status('/livez')).toBe(200);
    await stopped;
    await expect(ask('/readyz')).rejects.toThrow();
  });

  test('fails with the store, and says no more; comes back with it', async () => {
    let broken: 'no' | 'fails' | 'hangs' = 'no';
    class Breakable extends MemoryMetadata {
      override async read(query: Query): Promise<View> {
        if (broken === 'fails') throw new Error('/secret/path: EIO');
        if (broken === 'hangs') await sleep(3_600_000, undefined, { ref: false });
        return super.read(query);
      }
    }
    gateway = await startGateway(admin, { wrapMetadata: () => new Breakable() });
    expect(await status('/readyz')).toBe(200);
    for (const how of ['fails', 'hangs'] as const) {
      broken = how;
      const response = await ask('/readyz');
      expect([response.status, await response.text()]).toEqual([503, 'unavailable\n']);
      expect(await status('/livez')).toBe(200);
    }
    broken = 'no';
    expect(await status('/readyz')).toBe(200);
  });
});

interface Line {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

async function scrape(): Promise<{ text: string; lines: Line[] }> {
  const response = await ask('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): Line => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, k = '', v = '']) => [k, v]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
  return { text, lines };
}

function sampleOf(
  lines: readonly Line[],
  name: string,
  labels: Line['labels'],
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort());
  return lines.find(
    (line) => line.name === name && JSON.stringify(Object.entries(line.labels).sort()) === wanted,
  )?.value;
}

describe('metrics', () => {
  const key = 'a-secret-key-name';
  const target = `/${bucket}/${key}`;
  const body = Buffer.alloc(1_000, 'x');

  beforeEach(async () => {
    gateway = await startGateway(admin);
  });

  async function traffic(): Promise<void> {
    await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick);
    await gateway.signed({ target, bucket, key }, quick);
    await gateway.signed({ target, bucket, key }, quick);
    await gateway.signed({ target: `/${bucket}/none`, bucket, key: 'none' }, quick);
    await gateway.raw(Buffer.from('MKCOL /pot HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'), quick);
    const spoof = `/${bucket}/x?OSSAccessKeyId=MADEUP&Expires=9999999999&Signature=x`;
    await gateway.raw(Buffer.from(`GET ${spoof} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`), quick);
  }

  test('count requests by operation, status and code, and bytes by operation', async () => {
    await traffic();
    const { lines } = await scrape();
    const requests = (operation: string, status: string, code: string) =>
      sampleOf(lines, 'osskeep_requests_total', { operation, status, code });
    expect(requests('PutObject', '200', '')).toBe(1);
    expect(requests('GetObject', '200', '')).toBe(2);
    expect(requests('GetObject', '404', 'NoSuchKey')).toBe(1);
    expect(requests('GetObject', '403', 'InvalidAccessKeyId')).toBe(1);
    const byPutObject = { operation: 'PutObject' };
    const byGetObject = { operation: 'GetObject' };
    expect(sampleOf(lines, 'osskeep_received_bytes_total', byPutObject)).toBe(1_000);
    expect(sampleOf(lines, 'osskeep_received_bytes_total', byGetObject)).toBe(0);
    expect(sampleOf(lines, 'osskeep_sent_bytes_total', byGetObject)).toBeGreaterThan(2_000);
    expect(sampleOf(lines, 'osskeep_request_duration_seconds_count', byGetObject)).toBe(4);
    expect(
      sampleOf(lines, 'osskeep_request_duration_seconds_bucket', { ...byGetObject, le: '+Inf' }),
    ).toBe(4);
    expect(sampleOf(lines, 'process_cpu_seconds_total', {})).toBeGreaterThan(0);
    expect(sampleOf(lines, 'process_resident_memory_bytes', {})).toBeGreaterThan(1_000_000);
  });

  test('go on after the first scrape, each server for itself', async () => {
    await traffic();
    await scrape();
    await traffic();
    const { lines } = await scrape();
    const labels = { operation: 'GetObject', status: '200', code: '' };
    expect(sampleOf(lines, 'osskeep_requests_total', labels)).toBe(4);
    const first = gateway;
    gateway = await startGateway(admin);
    expect(sampleOf((await scrape()).lines, 'osskeep_requests_total', labels)).toBeUndefined();
    await first.server.stop();
  });

  test('what a client makes up is no label: operations and codes are known names', async () => {
    await traffic();
    for (let n = 0; n < 20; n += 1) {
      await gateway.raw(
        Buffer.from(
          `${n % 2 === 0 ? 'PROPFIND' : 'LOCK'} /?op${n} HTTP/1.1\r\nHost: h${n}.test\r\n\r\n`,
        ),
        quick,
      );
    }
    const { text, lines } = await scrape();
    const own = lines.filter(({ name }) => name.startsWith('osskeep_'));
    const operations = new Set(own.flatMap(({ labels }) => labels['operation'] ?? []));
    expect([...operations].sort()).toEqual(['GetObject', 'PutObject', 'unknown']);
    const names = new Set(own.flatMap(({ labels }) => Object.keys(labels)));
    expect([...names].sort()).toEqual(['code', 'le', 'operation', 'status']);
    for (const secret of [
      bucket,
      key,
      rootKey.accessKeyId,
      'MADEUP',
      '127.0.0.1',
      'MKCOL',
      'LOCK',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test('a request that is under way is in flight until it ends', async () => {
    const inFlight = async () => sampleOf((await scrape()).lines, 'osskeep_requests_in_flight', {});
    expect(await inFlight()).toBe(0);
    const upload = requestBytes(
      signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body }),
    );
    const socket = connect(gateway.server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(upload.subarray(0, -1));
    while ((await inFlight()) !== 1) await sleep(5);
    socket.write(upload.subarray(-1));
    await once(socket, 'data');
    while ((await inFlight()) !== 0) await sleep(5);
    socket.destroy();
  });

  test('a client that leaves in the middle of its body is counted', async () => {
    const upload = requestBytes(
      signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body }),
    );
    const socket = connect(gateway.server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(upload.subarray(0, -1));
    await sleep(20);
    socket.resetAndDestroy();
    const total = async () =>
      (await scrape()).lines.filter(({ name }) => name === 'osskeep_requests_total');
    while ((await total()).length === 0) await sleep(5);
    const labels = { operation: 'PutObject', status: '400', code: 'IncompleteBody' };
    expect(await total()).toMatchObject([{ labels, value: 1 }]);
  });

  test('many requests before the first scrape are all counted', async () => {
    const bytes = Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const socket = connect(gateway.server.port, '127.0.0.1');
    await once(socket, 'connect');
    let answers = 0;
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      // The end of a piece may be the beginning of a status line.
      const lines = (rest + chunk.toString('latin1')).split('HTTP/1.1 403');
      answers += lines.length - 1;
      rest = (lines.at(-1) ?? '').slice(-'HTTP/1.1 403'.length);
    });
    for (let n = 0; n < 1_500; n += 1) socket.write(bytes);
    while (answers < 1_500) await sleep(10);
    socket.destroy();
    const labels = { operation: 'ListBuckets', status: '403', code: 'AccessDenied' };
    expect(sampleOf((await scrape()).lines, 'osskeep_requests_total', labels)).toBe(1_500);
  });
});
