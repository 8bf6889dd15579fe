// Which listeners a start opens, and what it says about those it cannot or should not.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isLoopback, parseListen } from '../../src/boot/settings/listen-address.ts';
import {
  ConfigurationError,
  type Osskeep,
  type StartOptions,
  startOsskeep,
} from '../../src/index.ts';
import { LogLines } from '../support/log-lines.ts';

let servers: Osskeep[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function start(options: StartOptions): Promise<{ server: Osskeep; log: LogLines }> {
  const log = new LogLines();
  const atOnce = { drain: { acceptMs: 0, idleMs: 0 } };
  const server = await startOsskeep({ log: 'info', logStream: log, ...options }, atOnce);
  servers.push(server);
  return { server, log };
}

async function busyPort(): Promise<{ address: string; busy: Server }> {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  return { address: `127.0.0.1:${(busy.address() as AddressInfo).port}`, busy };
}

describe('the admin listener', () => {
  test('is off in process unless it is asked for', async () => {
    expect((await start({})).server.adminEndpoint).toBeUndefined();
    const { server } = await start({ admin: { listen: '127.0.0.1:0' } });
    expect(server.adminEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.addresses).toEqual([server.endpoint]);
  });

  test('that nobody asked for by name gives way when its port is taken', async () => {
    const { address, busy } = await busyPort();
    const { server, log } = await start({ defaults: { admin: { listen: address } } });
    busy.close();
    expect(server.adminEndpoint).toBeUndefined();
    expect(log.of('warn')).toEqual([
      `No health and metrics: ${address} is taken; see --admin-listen.`,
    ]);
    expect((await fetch(server.endpoint)).status).toBe(403);
  });

  test('that was asked for must have its port', async () => {
    const { address, busy } = await busyPort();
    const starting = startOsskeep({ admin: { listen: address } });
    await expect(starting).rejects.toThrow(ConfigurationError);
    await expect(starting).rejects.toThrow(
      `The server cannot listen on ${address}: another program listens there; ` +
        'stop it or choose another port with --admin-listen.',
    );
    busy.close();
  });

  test('an address that is not here is a mistake, also by default', async () => {
    const starting = startOsskeep({ defaults: { admin: { listen: '192.0.2.1:0' } } });
    await expect(starting).rejects.toThrow(/cannot listen on 192\.0\.2\.1:0/);
  });
});

test('a start whose https port is taken leaves nothing open', async () => {
  const { address, busy } = await busyPort();
  const plain = await busyPort();
  plain.busy.close();
  const options = { listen: plain.address, tls: { selfSigned: true, listen: address } };
  await expect(startOsskeep(options)).rejects.toThrow(/another port with --tls-listen/);
  busy.close();
  const { server } = await start({ listen: plain.address });
  expect(server.endpoint).toBe(`http://${plain.address}`);
});

test('a certificate that cannot be used stops the start', async () => {
  const starting = startOsskeep({ tls: { cert: '/no/such.pem', key: '/no/such.key' } });
  await expect(starting).rejects.toThrow(ConfigurationError);
  await expect(starting).rejects.toThrow('/no/such.pem cannot be read');
});

// Security checklist 48.
describe('plain HTTP that others can reach', () => {
  test.each<[StartOptions, number]>([
    [{ listen: '0.0.0.0:0' }, 1],
    [{ listen: '127.0.0.1:0' }, 0],
    [{ listen: 'localhost:0' }, 0],
    [{ listen: '0.0.0.0:0', tls: { selfSigned: true } }, 0],
    [{ listen: 'off', tls: { selfSigned: true, listen: '0.0.0.0:0' } }, 0],
  ])('%j: %i warnings', async (options, count) => {
    const { log } = await start(options);
    const warnings = log.of('warn').filter((line) => line.startsWith('Plain HTTP on 0.0.0.0:'));
    expect(warnings).toHaveLength(count);
    expect(log.of('warn')).toHaveLength(count);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.127.0.1', false],
  ['::ffff:10.0.0.1', false],
])('%s is only for this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['127.0.0.1:80', { host: '127.0.0.1', port: 80 }],
  [':80', { host: '::', port: 80 }],
  ['80', { host: '127.0.0.1', port: 80 }],
  ['[::1]:0', { host: '::1', port: 0 }],
  ['box.lan:6770', { host: 'box.lan', port: 6770 }],
])('%s', (text, address) => {
  expect(parseListen(text)).toEqual(address);
});

test.each(['', 'here', '1.2.3.4', '1.2.3.4:', ':65536', '::1:80', 'http://x:1'])(
  '"%s" is no address',
  (text) => {
    expect(() => parseListen(text)).toThrow(ConfigurationError);
  },
);
