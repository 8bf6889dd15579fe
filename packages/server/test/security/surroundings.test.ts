// Security checklist 42, 43 and 48: what stands around the service: its own health, its first key, TLS.
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Osskeep, type StartOptions, startOsskeep } from '../../src/index.ts';
import { fastPath } from '../support/fast-path.ts';
import {
  bucket,
  expectRefusal,
  GatewayUnderTest,
  quick,
  rootKey,
  settableClock,
} from '../support/gateway-under-test.ts';
import { LogLines } from '../support/log-lines.ts';
import { requestBytes, sendRaw } from '../support/raw-http.ts';
import { signedForms } from '../support/signed-forms.ts';
import { bob, content, key, Secured } from './secured.ts';

const atOnce = { drain: { acceptMs: 0, idleMs: 0 } };

describe('checklist 42: health and metrics have a listener of their own', () => {
  let secured: Secured;
  let adminPort: number;

  beforeAll(async () => {
    secured = await Secured.start({ admin: { listen: '127.0.0.1:0' } });
    adminPort = Number(new URL(secured.gateway.server.adminEndpoint ?? '').port);
    for (const form of signedForms) {
      await secured.ask(form);
      await secured.ask(form, { as: bob });
    }
  });

  afterAll(() => secured.stop());

  const ask = async (port: number, path: string, method = 'GET') => {
    const headers = [['Host', `127.0.0.1:${port}`]] as const;
    const answer = await sendRaw(port, requestBytes({ method, target: path, headers }), quick);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };

  test('health says ok and nothing else', async () => {
    for (const path of ['/livez', '/readyz', '/livez?verbose=1']) {
      const answer = await ask(adminPort, path);
      expect([answer.status, answer.text]).toEqual([200, 'ok\n']);
      const names = [...answer.headers.keys()].filter((name) => name.startsWith('x-'));
      expect(names).toEqual(['x-content-type-options']);
      expect(answer.headers.has('server')).toBe(false);
    }
  });

  test('no path of it is on the service, and none of the service on it', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const answer = await ask(secured.gateway.server.port, path, method);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.text).not.toMatch(/^ok|osskeep_/);
      }
    }
    const signed = secured.sign('V4 URL');
    for (const path of ['/', `/${bucket}`, signed.target, '/?regions', '/../metrics']) {
      const answer = await ask(adminPort, path);
      expect([404, 400]).toContain(answer.status);
      expect(answer.text).not.toContain(content);
    }
  });

  test('metrics name operations and codes, and nobody and nothing else', async () => {
    const { status, text } = await ask(adminPort, '/metrics');
    expect(status).toBe(200);
    expect(text).toContain('GetObject');
    for (const secret of [
      bucket,
      key,
      'a%20b',
      rootKey.accessKeyId,
      rootKey.accessKeySecret,
      bob.accessKeyId,
      '127.0.0.1',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test('it changes nothing: only GET and HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await ask(adminPort, '/metrics', method)).status).toBe(405);
    }
  });
});

describe('checklist 43: there are no default credentials', () => {
  let folder: string;
  const running: Osskeep[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osskeep-first-key-'));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function start(options: StartOptions): Promise<{ server: Osskeep; log: string[] }> {
    const lines = new LogLines();
    const server = await startOsskeep(
      { fastPath, log: 'info', logStream: lines, ...options },
      atOnce,
    );
    running.push(server);
    return { server, log: lines.all.map((line) => JSON.stringify(line)) };
  }

  const listsBuckets = async (server: Osskeep, as: typeof rootKey): Promise<number> => {
    const gateway = new GatewayUnderTest(server, settableClock(Date.now()));
    return (await gateway.signed({ target: '/' }, quick, as)).status;
  };

  test('a first start makes a key that nobody can guess, and shows its secret once', async () => {
    const first = await start({ data: join(folder, 'a') });
    const second = await start({ data: join(folder, 'b') });
    const inMemory = await start({});
    const made = [first, second, inMemory].map(({ server }) => server);
    const secrets = made.map(({ accessKeySecret }) => accessKeySecret ?? '');
    const ids = made.map(({ accessKeyId }) => accessKeyId);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{30}$/);
    expect(new Set([...secrets, ...ids]).size).toBe(6);
    expect(made.map(({ rootKeyCreated }) => rootKeyCreated)).toEqual([true, true, true]);
    const key = { accessKeyId: ids[0] ?? '', accessKeySecret: secrets[0] ?? '' };
    expect(await listsBuckets(first.server, key)).toBe(200);
    for (const { log } of [first, second, inMemory]) {
      for (const secret of secrets) expect(log.join()).not.toContain(secret);
    }
    await first.server.stop();

    const again = await start({ data: join(folder, 'a') });
    expect(again.server.rootKeyCreated).toBe(false);
    expect(again.server.accessKeySecret).toBeUndefined();
    expect(again.server.accessKeyId).toBe(key.accessKeyId);
    expect(await listsBuckets(again.server, key)).toBe(200);
    await again.server.stop();
    for (const path of await readdir(join(folder, 'a'), { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue;
      const bytes = await readFile(join(path.parentPath, path.name));
      expect(bytes.includes(key.accessKeySecret), path.name).toBe(false);
    }
  });

  test.each([
    ['minioadmin', 'minioadmin'],
    ['rustfsadmin', 'rustfsadmin'],
    ['admin', 'admin'],
    ['root', 'root'],
    ['osskeep', 'osskeep'],
    ['accessKey1', 'verySecretKey1'],
    ['test', 'test'],
    ['AKIDEXAMPLE', ''],
  ])('%s / %s is nobody', async (accessKeyId, accessKeySecret) => {
    const { server } = await start({});
    const gateway = new GatewayUnderTest(server, settableClock(Date.now()));
    const answer = await gateway.signed({ target: '/' }, quick, { accessKeyId, accessKeySecret });
    expectRefusal(answer, { status: 403, code: 'InvalidAccessKeyId' });
    const nobody = await gateway.anonymous({ target: '/' });
    expectRefusal(nobody, { status: 403, code: 'AccessDenied' });
  });
});

describe('checklist 48: TLS', () => {
  let secured: Secured;
  let port: number;

  beforeAll(async () => {
    secured = await Secured.start({ tls: { selfSigned: true } });
    port = Number(new URL(secured.gateway.server.httpsEndpoint ?? '').port);
  });

  afterAll(() => secured.stop());

  test.each([
    ['TLSv1', false],
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ] as const)('%s: %s', async (version, isAccepted) => {
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      ca: secured.gateway.server.tlsCa,
      minVersion: version,
      maxVersion: version,
      // Without it this very client would refuse the old ones.
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    const outcome = await once(socket, 'secureConnect').then(
      () => socket.getProtocol(),
      (error: NodeJS.ErrnoException) => error.code ?? '',
    );
    socket.destroy();
    if (isAccepted) expect(outcome).toBe(version);
    else expect(outcome).toMatch(/^ERR_SSL_/);
  });

  test('a client refuses a certificate that it has no reason to trust', async () => {
    const { endpoint, httpsEndpoint = '', tlsCa } = secured.gateway.server;
    const link = secured.sign('V4 URL').target;
    const failure = await fetch(`${httpsEndpoint}${link}`).catch((error: Error) => error.cause);
    expect(failure).toMatchObject({ code: expect.stringMatching(/CERT|VERIFY/) });
    // The same link over plain HTTP, and over TLS where the authority is known.
    expect(await (await fetch(`${endpoint}${link}`)).text()).toBe(content);
    const sent = httpsRequest(`${httpsEndpoint}${link}`, { ca: tlsCa, agent: false });
    sent.end();
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    expect(text).toBe(content);
  });

  test('plain HTTP that others can reach is warned of at start', async () => {
    for (const [options, count] of [
      [{ listen: '0.0.0.0:0' }, 1],
      [{ listen: '127.0.0.1:0' }, 0],
      [{ listen: '0.0.0.0:0', tls: { selfSigned: true } }, 0],
    ] as const) {
      const lines = new LogLines();
      const server = await startOsskeep(
        { fastPath, log: 'info', logStream: lines, ...options },
        atOnce,
      );
      await server.stop();
      const warnings = lines.of('warn').filter((text) => text.startsWith('Plain HTTP'));
      expect(warnings).toHaveLength(count);
    }
  });
});
