// The same service over TLS: which certificate a handshake gets, which versions and bytes are refused,
// and that requests behave as on plain HTTP.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConnectionOptions,
  connect as connectTls,
  createServer,
  type TLSSocket,
} from 'node:tls';
import { OssClient } from '@osskeep/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Seams } from '../../src/boot/seams.ts';
import type { StartOptions } from '../../src/index.ts';
import { temporaryDirectory } from '../engines/temporary-directory.ts';
import { makeCertificate } from '../support/certificates.ts';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { LogLines } from '../support/log-lines.ts';
import { requestBytes, sendRaw } from '../support/raw-http.ts';
import { signRaw } from '../support/signed-raw.ts';

const key = 'a folder/ä+%.bin';
const target = `/${bucket}/a%20folder/%C3%A4%2B%25.bin`;
const body = Buffer.alloc(200_000, 'osskeep ');

let gateway: GatewayUnderTest;

afterEach(() => gateway.server.stop());

async function start(options: StartOptions, seams?: Seams): Promise<void> {
  gateway = await startGateway(options, seams);
}

const selfSigned: StartOptions = { tls: { selfSigned: true } };

function httpsPort(): number {
  return Number(new URL(gateway.server.httpsEndpoint ?? '').port);
}

function trusted(): ConnectionOptions {
  return { ca: gateway.server.tlsCa };
}

/** The outcome of one handshake; rejects when it fails. */
async function handshake(options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connectTls({ host: '127.0.0.1', port: httpsPort(), ...options });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  socket.end();
  return socket;
}

async function failure(handshaken: Promise<unknown>): Promise<string> {
  return handshaken.then(
    () => 'accepted',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}

/** Names of the certificate that is shown to whoever asks for `servername`, trusted or not. */
async function namesShownTo(servername: string | undefined): Promise<string> {
  const options = servername === undefined ? {} : { servername };
  const socket = connectTls({
    host: '127.0.0.1',
    port: httpsPort(),
    rejectUnauthorized: false,
    ...options,
  });
  await once(socket, 'secureConnect');
  const { subjectaltname = '' } = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly headers: IncomingMessage['headers'];
}

async function finish(request: ClientRequest): Promise<Answer> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks),
    headers: response.headers,
  };
}

function send(path: string, options: RequestOptions = {}, content?: Uint8Array): Promise<Answer> {
  const request = httpsRequest(`https://127.0.0.1:${httpsPort()}${path}`, {
    ca: gateway.server.tlsCa,
    agent: false,
    ...options,
  });
  request.end(content);
  return finish(request);
}

describe('HTTP and HTTPS at once', () => {
  beforeEach(() => start(selfSigned));

  test('each has its address; the same objects behind both', async () => {
    const { addresses, endpoint, httpsEndpoint, port } = gateway.server;
    expect(addresses).toEqual([endpoint, httpsEndpoint]);
    expect(endpoint).toBe(`http://127.0.0.1:${port}`);
    expect(httpsEndpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const stored = { method: 'PUT', target, bucket, key, body };
    const overTls = { ...quick, tls: trusted() };
    const bytes = requestBytes(signRaw(gateway.signer, stored));
    expect((await sendRaw(httpsPort(), bytes, overTls))?.status).toBe(200);
    const got = await gateway.signed({ target, bucket, key }, quick);
    expect([got.status, got.body.equals(body)]).toEqual([200, true]);
  });

  test('a URL that our client signs for the https endpoint downloads there, and is refused changed', async () => {
    const { httpsEndpoint = '', region } = gateway.server;
    await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick);
    for (const signatureVersion of ['v4', 'v1'] as const) {
      const client = new OssClient({
        endpoint: httpsEndpoint,
        region,
        bucket,
        credentials: rootKey,
        signatureVersion,
        clock: gateway.clock,
      });
      const { url } = await client.presign('GET', key, { expires: 60 });
      expect(url.startsWith(`${httpsEndpoint}/`)).toBe(true);
      const { pathname, search } = new URL(url);
      const good = await send(`${pathname}${search}`);
      expect([good.status, good.body.equals(body)]).toEqual([200, true]);
      const changed = await send(`${pathname}x${search}`);
      expect(changed.status).toBe(403);
      expect(changed.body.toString()).toContain('<Code>SignatureDoesNotMatch</Code>');
    }
  });

  test('a connection serves one request after another', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    for (let n = 0; n < 3; n += 1) {
      const request = httpsRequest(`https://127.0.0.1:${httpsPort()}/`, {
        ca: gateway.server.tlsCa,
        agent,
      });
      request.on('socket', (socket) => sockets.add(socket));
      request.end();
      const answer = await finish(request);
      expect(answer.status).toBe(403);
      expect(answer.headers['keep-alive']).toBe('timeout=75');
    }
    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  test('100 Continue is sent for a body that is wanted, and only for that', async () => {
    const upload = signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body });
    const headers = Object.fromEntries(upload.headers ?? []);
    const attempt = async (sent: typeof headers): Promise<[boolean, number]> => {
      const request = httpsRequest(`https://127.0.0.1:${httpsPort()}${target}`, {
        method: 'PUT',
        ca: gateway.server.tlsCa,
        agent: false,
        headers: { ...sent, Expect: '100-continue' },
      });
      request.on('error', () => undefined);
      let asked = false;
      request.on('continue', () => {
        asked = true;
        request.end(body);
      });
      request.flushHeaders();
      const { status } = await finish(request);
      request.destroy();
      return [asked, status];
    };
    expect(await attempt(headers)).toEqual([true, 200]);
    expect(await attempt({ ...headers, Authorization: `${headers['Authorization']}0` })).toEqual([
      false,
      403,
    ]);
  });

  test('what is no HTTP gets its refusal inside TLS', async () => {
    const options = { tls: trusted() };
    const garbage = await sendRaw(httpsPort(), Buffer.from('GARBAGE\r\n\r\n'), options);
    expectRefusal(garbage as NonNullable<typeof garbage>, {
      status: 400,
      code: 'InvalidRequest',
      closed: true,
    });
    const upload = signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body });
    const cut = requestBytes(upload).subarray(0, -10);
    const truncated = await sendRaw(httpsPort(), cut, { ...options, halfClose: true });
    expect(truncated?.status ?? 'closed').toBeOneOf([400, 'closed']);
    await gateway.expectNothingStored();
  });

  test('ten hostile bytes, plain HTTP and half a handshake do no harm', async () => {
    const pieces = [
      Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff, 0x01, 0x00, 0x41, 0x41, 0x41]),
      Buffer.from([0x80, 0x2e, 0x01, 0x00, 0x02, 0x00, 0x15, 0x00, 0x00, 0x00]),
      Buffer.alloc(10, 0),
      Buffer.alloc(10, 0xff),
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    ];
    const answers = await Promise.all(
      pieces.map(async (piece) => {
        const socket = connect(httpsPort(), '127.0.0.1');
        socket.on('error', () => undefined);
        const received: Buffer[] = [];
        socket.on('data', (chunk: Buffer) => received.push(chunk));
        socket.end(piece);
        await once(socket, 'close');
        return Buffer.concat(received);
      }),
    );
    for (const answer of answers) {
      // A TLS alert or nothing: no word in plain text.
      expect(answer.length).toBeLessThan(16);
      expect(answer.toString('latin1')).not.toMatch(/HTTP|Error/);
    }
    await gateway.expectHealthy();
    expect((await send('/')).status).toBe(403);
  });
});

// Security checklist 48.
describe('TLS versions', () => {
  /** What a client that speaks nothing newer than `maxVersion` settles on. */
  async function agreed(maxVersion: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', port: number) {
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion,
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    const settled = once(socket, 'secureConnect').then(() => socket.getProtocol());
    return settled
      .catch((error: NodeJS.ErrnoException) => error.code)
      .finally(() => socket.destroy());
  }

  test('1.0 and 1.1 are refused, 1.2 and 1.3 accepted', async () => {
    await start(selfSigned);
    const port = httpsPort();
    expect(await agreed('TLSv1', port)).toMatch(/^ERR_SSL_/);
    expect(await agreed('TLSv1.1', port)).toMatch(/^ERR_SSL_/);
    expect(await agreed('TLSv1.2', port)).toBe('TLSv1.2');
    expect(await agreed('TLSv1.3', port)).toBe('TLSv1.3');
  });

  test('the client used for that could speak them', async () => {
    await start({});
    const { certificate: cert, privateKey } = makeCertificate('localhost');
    const lax = createServer({
      cert,
      key: privateKey,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    lax.on('tlsClientError', () => undefined);
    lax.listen(0, '127.0.0.1');
    await once(lax, 'listening');
    const { port } = lax.address() as { port: number };
    expect(await agreed('TLSv1', port)).toBe('TLSv1');
    expect(await agreed('TLSv1.1', port)).toBe('TLSv1.1');
    lax.close();
  });

  test('HTTP/1.1 is what is spoken, also with clients that would like HTTP/2', async () => {
    await start(selfSigned);
    const both = await handshake({ ...trusted(), ALPNProtocols: ['h2', 'http/1.1'] });
    expect(both.alpnProtocol).toBe('http/1.1');
    const only = handshake({ ...trusted(), ALPNProtocols: ['h2'] });
    expect(await failure(only)).toMatch(/^ERR_SSL_/);
  });
});

describe('a certificate authority of its own', () => {
  beforeEach(() =>
    start({
      ...selfSigned,
      domains: ['oss.example.test'],
      cnames: { 'static.example.com': bucket },
    }),
  );

  test('no client trusts it unasked; with the certificate every client does', async () => {
    const codes = ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'];
    expect(await failure(handshake({}))).toBeOneOf(codes);
    expect((await handshake(trusted())).authorized).toBe(true);
  });

  test.each([
    'localhost',
    'examplebucket.localhost',
    'oss-cn-hangzhou.aliyuncs.com',
    'examplebucket.oss-cn-hangzhou.aliyuncs.com',
    'examplebucket.oss-cn-hangzhou-internal.aliyuncs.com',
    'examplebucket.oss.example.test',
    'static.example.com',
    'STATIC.example.com',
  ])('is good for %s', async (servername) => {
    expect((await handshake({ ...trusted(), servername })).authorized).toBe(true);
  });

  test.each(['www.aliyun.com', 'a.b.localhost', 'example.com', 'x'.repeat(250)])(
    'and for nobody else: %s',
    async (servername) => {
      const code = 'ERR_TLS_CERT_ALTNAME_INVALID';
      expect(await failure(handshake({ ...trusted(), servername }))).toBe(code);
      expect(await namesShownTo(servername)).toBe(await namesShownTo(undefined));
    },
  );

  test('a domain that is bound while it runs gets one, and only while it is bound', async () => {
    const domain = 'late.example.com';
    const shown = () => handshake({ ...trusted(), servername: domain });
    expect(await failure(shown())).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    const { store } = gateway.server;
    const found = await store.buckets.find(await store.view(), bucket);
    if (found === undefined) throw new Error('no bucket');
    await store.cnames.bind(found, { domain, isVouchedFor: true });
    expect((await shown()).authorized).toBe(true);
    await store.cnames.unbind(found, domain);
    expect(await failure(shown())).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('a certificate that comes with a binding is shown from the next handshake on', async () => {
    const domain = 'own.example.com';
    const { store } = gateway.server;
    const found = await store.buckets.find(await store.view(), bucket);
    if (found === undefined) throw new Error('no bucket');
    for (const uploaded of [makeCertificate(domain), makeCertificate(domain)]) {
      await store.cnames.bind(found, { domain, isVouchedFor: true, ...uploaded, force: true });
      const options = { ca: uploaded.certificate, servername: domain };
      expect((await handshake(options)).authorized).toBe(true);
    }
    await store.cnames.bind(found, { domain, isVouchedFor: true, deleteCertificate: true });
    expect((await handshake({ ...trusted(), servername: domain })).authorized).toBe(true);
  });
});

describe('certificates of the operator', () => {
  function pairFor(...names: string[]): { readonly cert: string; readonly key: string } {
    const { certificate, privateKey } = makeCertificate(...names);
    return { cert: certificate, key: privateKey };
  }

  const main = pairFor('main.example.com', '127.0.0.1');
  const other = pairFor('other.example.com');

  test('the one for the name is shown; the first where no name fits', async () => {
    await start({ tls: { ...main, certificates: [other] } });
    expect(gateway.server.tlsCa).toBeUndefined();
    const names = await Promise.all(
      ['main.example.com', 'other.example.com', 'third.example.com', undefined].map(namesShownTo),
    );
    const mainNames = 'DNS:main.example.com, IP Address:127.0.0.1';
    expect(names).toEqual([mainNames, 'DNS:other.example.com', mainNames, mainNames]);
    expect((await handshake({ ca: main.cert })).authorized).toBe(true);
  });

  test('theirs goes before our own for the names it is for', async () => {
    await start({ tls: { ...main, selfSigned: true } });
    expect(await namesShownTo('main.example.com')).toContain('main.example.com');
    expect((await handshake({ ...trusted(), servername: 'localhost' })).authorized).toBe(true);
  });

  test('a renewed file is shown without a restart, with a name and without', async () => {
    const folder = await temporaryDirectory();
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await writeFile(cert, main.cert);
    await writeFile(key, main.key);
    await start({ tls: { cert, key } });
    const options = { ca: [main.cert, other.cert], servername: 'main.example.com' };
    expect((await handshake(options)).authorized).toBe(true);

    const renewed = pairFor('main.example.com', '127.0.0.1');
    await writeFile(cert, renewed.cert);
    await writeFile(key, renewed.key);
    const named = { ca: renewed.cert, servername: 'main.example.com' };
    while ((await failure(handshake(named))) !== 'accepted') await sleep(50);
    while ((await failure(handshake({ ca: renewed.cert }))) !== 'accepted') await sleep(50);
    expect(await failure(handshake(options))).not.toBe('accepted');
  });

  test('what fails to be found out is logged, and the default certificate shown', async () => {
    const log = new LogLines();
    await start({ tls: main, log: 'error', logStream: log });
    gateway.server.store.cnames.certificate = async () => {
      throw new Error('the disk is gone');
    };
    expect(await namesShownTo('some.example.com')).toContain('main.example.com');
    expect(log.of('error')).toEqual(['no certificate for a name; the default one is shown']);
  });
});

describe('stop', () => {
  test('what is under way on both is finished, and then nobody listens', async () => {
    await start(selfSigned, { drain: {} });
    const [plain, tls] = [gateway.server.port, httpsPort()];
    const bytes = requestBytes(
      signRaw(gateway.signer, { method: 'PUT', target, bucket, key, body }),
    );
    const sockets = [
      connect(plain, '127.0.0.1'),
      connectTls({ host: '127.0.0.1', port: tls, ...trusted() }),
    ];
    await Promise.all([
      once(sockets[0] as TLSSocket, 'connect'),
      once(sockets[1] as TLSSocket, 'secureConnect'),
    ]);
    const texts = sockets.map((socket) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
      });
      return once(socket, 'close').then(() => text);
    });
    for (const socket of sockets) socket.write(bytes.subarray(0, -50_000));
    await sleep(50);
    const stopped = gateway.server.stop();
    for (let at = bytes.length - 50_000; at < bytes.length; at += 10_000) {
      await sleep(300);
      for (const socket of sockets) socket.write(bytes.subarray(at, at + 10_000));
    }
    for (const text of await Promise.all(texts)) {
      expect(text).toMatch(/^HTTP\/1\.1 200 /);
      expect(text).toMatch(/connection: close/i);
    }
    await stopped;
    for (const port of [plain, tls]) {
      const socket = connect(port, '127.0.0.1');
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
  });

  test('idle connections may still send one request', async () => {
    await start(selfSigned, { drain: {} });
    const socket = connectTls({ host: '127.0.0.1', port: httpsPort(), ...trusted() });
    await once(socket, 'secureConnect');
    const stopped = gateway.server.stop();
    await sleep(400);
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
    await stopped;
  });

  test('a client that never finishes its handshake holds nothing up', async () => {
    await start(selfSigned, { drain: { acceptMs: 10, idleMs: 50, deadlineMs: 3_600_000 } });
    const socket = connect(httpsPort(), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    // The head of a record whose rest never comes. Node itself would give it ten seconds.
    socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]));
    await sleep(50);
    const waited = await Promise.race([
      gateway.server.stop().then(() => false),
      sleep(8_000, true),
    ]);
    expect(waited).toBe(false);
    if (!socket.destroyed) await once(socket, 'close');
  });
});

test('without plain HTTP there is only https', async () => {
  await start({ ...selfSigned, listen: 'off' });
  const { addresses, endpoint, httpsEndpoint, port } = gateway.server;
  expect(addresses).toEqual([httpsEndpoint]);
  expect(endpoint).toBe(httpsEndpoint);
  expect(port).toBe(httpsPort());
  expect((await send('/')).status).toBe(403);
});
