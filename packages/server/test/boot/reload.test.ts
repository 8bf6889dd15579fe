// Reading the configuration again: what counts from the next request on, what waits for a restart, and
// that a file which cannot be used changes nothing.

import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { ConfigurationError, type StartOptions } from '../../src/index.ts';
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
import { type RawResponse, requestBytes } from '../support/raw-http.ts';
import { signRaw } from '../support/signed-raw.ts';

let gateway: GatewayUnderTest;
let log: LogLines;
let file: string;

afterEach(() => gateway.server.stop());

async function start(yaml: string, options: StartOptions = {}): Promise<void> {
  file = join(await temporaryDirectory(), 'osskeep.yaml');
  await writeFile(file, yaml);
  log = new LogLines();
  gateway = await startGateway({ configFile: file, log: 'warn', logStream: log, ...options });
}

async function reload(yaml: string): Promise<readonly string[]> {
  await writeFile(file, yaml);
  return gateway.server.reload();
}

function accounts(...keys: string[]): string {
  const lines = keys.map((key) => `      - { ${key} }\n`).join('');
  return `accounts:\n  - id: "2000000000000001"\n    keys:\n${lines}`;
}

/** ListBuckets with another key. */
function ask(accessKeyId: string, accessKeySecret: string): Promise<RawResponse> {
  const signer = { ...gateway.signer, accessKeyId, accessKeySecret };
  return gateway.raw(requestBytes(signRaw(signer, { target: '/' })), quick);
}

const one = 'id: KEYONE, secret: first';

test('a key that is disabled is refused on the next request, also a link signed before', async () => {
  await start(accounts(one));
  expect((await ask('KEYONE', 'first')).status).toBe(200);
  expect(await reload(accounts(`${one}, enabled: false`))).toEqual([]);
  expectRefusal(await ask('KEYONE', 'first'), { status: 403, code: 'InvalidAccessKeyId' });
  await reload(accounts(one));
  expect((await ask('KEYONE', 'first')).status).toBe(200);
});

test('keys come, change their secret, and go', async () => {
  await start(accounts(one));
  await reload(accounts('id: KEYONE, secret: second', 'id: KEYTWO, secret: other'));
  expectRefusal(await ask('KEYONE', 'first'), { status: 403, code: 'SignatureDoesNotMatch' });
  expect((await ask('KEYONE', 'second')).status).toBe(200);
  expect((await ask('KEYTWO', 'other')).status).toBe(200);
  await reload(accounts('id: KEYTWO, secret: other'));
  expectRefusal(await ask('KEYONE', 'second'), { status: 403, code: 'InvalidAccessKeyId' });
  await reload('');
  expectRefusal(await ask('KEYTWO', 'other'), { status: 403, code: 'InvalidAccessKeyId' });
});

test('the root key is not the file’s to change', async () => {
  await start('');
  await reload(accounts(`id: ${rootKey.accessKeyId}, secret: stolen, enabled: false`));
  expect((await ask(rootKey.accessKeyId, rootKey.accessKeySecret)).status).toBe(200);
  await reload('');
  expect((await ask(rootKey.accessKeyId, rootKey.accessKeySecret)).status).toBe(200);
});

test('custom domains and parity follow', async () => {
  await start('cnames: { old.example.com: oldbucket }');
  const hostIs = async (host: string): Promise<string> => {
    const response = await gateway.raw(
      Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      quick,
    );
    return `${response.status} ${/<BucketName>([^<]*)</.exec(response.text)?.[1] ?? ''}`;
  };
  expect(await hostIs('old.example.com')).toBe('404 oldbucket');
  const unknown = await hostIs('new.example.com');
  await reload('cnames: { new.example.com: newbucket }\nparity: strict\n');
  expect(await hostIs('new.example.com')).toBe('404 newbucket');
  expect(await hostIs('old.example.com')).toBe(unknown);
  const pathStyle = await gateway.raw(
    Buffer.from(`GET /${bucket}/x HTTP/1.1\r\nHost: oss-cn-hangzhou.aliyuncs.com\r\n\r\n`),
    quick,
  );
  expectRefusal(pathStyle, { status: 403, code: 'SecondLevelDomainForbidden' });
});

test('the log level follows', async () => {
  await start('', { log: undefined });
  await ask('NOBODY', 'x');
  expect(log.all).toEqual([]);
  await reload('log: info');
  await ask('NOBODY', 'x');
  expect(log.of('info')).toEqual(['configuration read again', 'request']);
  await reload('');
  await ask('NOBODY', 'x');
  expect(log.of('info')).toHaveLength(2);
});

test('certificates follow', async () => {
  const folder = await temporaryDirectory();
  const yaml = async (name: string): Promise<string> => {
    const { certificate, privateKey } = makeCertificate(name);
    await writeFile(join(folder, `${name}.crt`), certificate);
    await writeFile(join(folder, `${name}.key`), privateKey);
    return `tls: { cert: ${folder}/${name}.crt, key: ${folder}/${name}.key }\n`;
  };
  const shown = async (servername?: string): Promise<string> => {
    const port = Number(new URL(gateway.server.httpsEndpoint ?? '').port);
    const host = '127.0.0.1';
    const named = servername === undefined ? {} : { servername };
    const socket = connectTls({ host, port, rejectUnauthorized: false, ...named });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };
  await start(await yaml('one.example.com'));
  expect(await shown('one.example.com')).toBe('one.example.com');
  await reload(await yaml('two.example.com'));
  expect(await shown('two.example.com')).toBe('two.example.com');
  // Without a name the connection that comes next starts the change.
  while ((await shown()) !== 'two.example.com');

  await expect(reload('tls: { cert: /no/such.pem, key: /no/such.key }')).rejects.toThrow(
    '/no/such.pem cannot be read',
  );
  expect(await shown('two.example.com')).toBe('two.example.com');
});

test('a file that cannot be used changes nothing and is logged', async () => {
  await start(accounts(one));
  for (const bad of [
    `${accounts(`${one}, enabled: false`)}parity: loose\n`,
    `${accounts(`${one}, enabled: false`)}tls: { cert: only }\n`,
    'accounts: [',
    'accounts: 7',
    '- a list',
  ]) {
    await expect(reload(bad)).rejects.toThrow(ConfigurationError);
    expect((await ask('KEYONE', 'first')).status, bad).toBe(200);
  }
  const errors = log.of('error');
  expect(errors).toHaveLength(5);
  for (const line of errors) {
    expect(line).toMatch(/^The configuration stays as it was\. .*osskeep\.yaml/);
    expect(line).not.toContain('first');
  }
  await reload(accounts(`${one}, enabled: false`));
  expectRefusal(await ask('KEYONE', 'first'), { status: 403, code: 'InvalidAccessKeyId' });
});

test('what only a restart changes is named, and stays as it is', async () => {
  await start('region: cn-hangzhou\n');
  const ignored = await reload(
    'region: cn-beijing\nlisten: 127.0.0.1:1\ndata: /elsewhere\nblockPublicAccess: false\n' +
      'tls: { selfSigned: true, listen: 127.0.0.1:2 }\nadmin: { listen: 127.0.0.1:3 }\n' +
      'limits: { bucketsPerAccount: 3, objectBytes: 4 }\nworkers: 2\n',
  );
  expect([...ignored].sort()).toEqual([
    'admin.listen',
    'blockPublicAccess',
    'data',
    'limits.bucketsPerAccount',
    'listen',
    'region',
    'tls',
    'workers',
  ]);
  expect(log.all.at(-1)).toMatchObject({ level: 40, msg: 'settings that only a restart changes' });
  expect(log.all.at(-1)?.['ignored']).toEqual(ignored);
  expect((await ask(rootKey.accessKeyId, rootKey.accessKeySecret)).text).toContain('cn-hangzhou');
  // What can follow did.
  const put = { method: 'PUT', target: `/${bucket}/k`, bucket, key: 'k', body: Buffer.alloc(5) };
  expectRefusal(await gateway.signed(put, quick), { status: 400, code: 'EntityTooLarge' });
});

test('in process settings may come as they are; several reloads run one after the other', async () => {
  await start('');
  const change = (enabled: boolean) =>
    gateway.server.reload({
      accounts: [{ id: '2', keys: [{ id: 'KEYONE', secret: 'first', enabled }] }],
    });
  await Promise.all([change(true), change(false), change(true), change(false)]);
  expectRefusal(await ask('KEYONE', 'first'), { status: 403, code: 'InvalidAccessKeyId' });
  await Promise.all([change(false), change(true)]);
  expect((await ask('KEYONE', 'first')).status).toBe(200);
  // What was given stays given when the file is read again.
  await gateway.server.reload();
  expect((await ask('KEYONE', 'first')).status).toBe(200);
});

test('a server that stops takes no other configuration', async () => {
  await start('');
  const stopped = gateway.server.stop();
  await expect(gateway.server.reload()).rejects.toThrow('The server stops.');
  await stopped;
});
