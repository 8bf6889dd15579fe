// `osskeep serve` with https: the ready line, whom to trust, and the command itself as a client.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustText } from '../src/serve/trust-text.ts';
import { run, temporaryFolder } from './support/command.ts';
import { rootKey, serve } from './support/server.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder[Symbol.asyncDispose]());

const quiet = ['--listen', '127.0.0.1:0', '--admin-listen', 'off', '--log-level', 'silent'];

test('--tls-self-signed: both addresses, how to trust, for its owner only, kept', async () => {
  const data = join(folder.path, 'self signed');
  await using first = await serve([...quiet, '--data', data, '--tls-self-signed'], {
    env: rootKey,
  });
  expect(first.readyLine).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+ https:\/\/127\.0\.0\.1:\d+$/);
  const https = first.readyLine.split(' ')[2] ?? '';
  const ca = join(data, 'tls', 'ca.pem');
  while (first.stderr().split('\n').length < trustText(ca, https).split('\n').length) {
    await setTimeout(10);
  }
  expect(first.stderr()).toBe(trustText(ca, https));
  expect((await stat(join(data, 'tls'))).mode & 0o777).toBe(0o700);
  for (const name of await readdir(join(data, 'tls'))) {
    expect((await stat(join(data, 'tls', name))).mode & 0o777, name).toBe(0o600);
  }
  // The printed line, as a shell runs it.
  const [line = ''] = /curl --cacert .*$/m.exec(first.stderr()) ?? [];
  const answer = execFileSync('sh', ['-c', line.replace('curl', 'curl -s')]).toString();
  expect(answer).toContain('<Code>AccessDenied</Code>');
  const certificate = await readFile(ca, 'utf8');
  await first.stop();

  await using second = await serve([...quiet, '--data', data], {
    env: { ...rootKey, OSSKEEP_TLS_SELF_SIGNED: 'on' },
  });
  expect(second.readyLine).toContain(' https://');
  expect(await readFile(ca, 'utf8')).toBe(certificate);
  expect(await second.stop()).toBe(0);
});

test('the command works over https once it trusts the server, and not before', async () => {
  const data = join(folder.path, 'client');
  await using server = await serve(
    [
      ...quiet,
      '--data',
      data,
      '--tls-self-signed',
      '--listen',
      'off',
      '--tls-listen',
      '127.0.0.1:0',
    ],
    { env: rootKey },
  );
  expect(server.endpoint).toMatch(/^https:/);
  expect(server.readyLine).toBe(`ready ${server.endpoint}`);
  const args = ['-e', server.endpoint];
  const refused = await run(['mb', 'oss://over-tls', ...args], { env: rootKey });
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/self-signed certificate/);

  const env = { ...rootKey, NODE_EXTRA_CA_CERTS: join(data, 'tls', 'ca.pem') };
  expect((await run(['mb', 'oss://over-tls', ...args], { env })).stderr).toBe('');
  const file = join(folder.path, 'hello.txt');
  await writeFile(file, 'over tls');
  const up = await run(['cp', file, 'oss://over-tls/hello.txt', ...args], { env });
  expect([up.code, up.stderr]).toEqual([0, '']);
  const link = await run(['presign', 'oss://over-tls/hello.txt', ...args], { env });
  const url = link.stdout.toString().trim();
  expect(url.startsWith(`${server.endpoint}/over-tls/hello.txt?`)).toBe(true);
  const saved = execFileSync('curl', ['-sf', '--cacert', env.NODE_EXTRA_CA_CERTS, url]);
  expect(saved.toString()).toBe('over tls');
  expect(await server.stop()).toBe(0);
});

test('a certificate of the operator, and another beside it in the file', async () => {
  const make = (name: string): [string, string] => {
    const [cert, key] = [join(folder.path, `${name}.crt`), join(folder.path, `${name}.key`)];
    const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...options, ...names, ...files], { stdio: 'ignore' });
    return [cert, key];
  };
  const [cert, key] = make('one.example.com');
  const [otherCert, otherKey] = make('two.example.com');
  const config = join(folder.path, 'tls.yaml');
  await writeFile(
    config,
    `tls:\n  certificates:\n    - { cert: "${otherCert}", key: "${otherKey}", domains: [two.example.com] }\n`,
  );
  const data = join(folder.path, 'own');
  await using server = await serve(
    [...quiet, '--data', data, '--config', config, '--tls-cert', cert, '--tls-key', key],
    { env: rootKey },
  );
  expect(server.stderr()).toBe('');
  const port = Number(new URL(server.readyLine.split(' ')[2] ?? '').port);
  const shown = async (servername: string): Promise<string> => {
    const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };
  expect(await shown('one.example.com')).toBe('one.example.com');
  expect(await shown('two.example.com')).toBe('two.example.com');
  expect(await shown('three.example.com')).toBe('one.example.com');
});

test.each([
  [['--tls-cert', '/no/such.pem'], 3, 'cert needs its key'],
  [['--tls-cert', '/no/such.pem', '--tls-key', '/no/such.key'], 3, '/no/such.pem cannot be read'],
  [['--tls-listen', ':0'], 3, 'listen needs a certificate'],
  [['--listen', 'off'], 3, 'the server needs TLS'],
  [['--tls-self-signed', 'maybe'], 1, 'on, off'],
])('refuses %j with %i', async (args, code, text) => {
  const refused = await run(['serve', ...quiet, '--data', join(folder.path, 'never'), ...args]);
  expect(refused.stderr).toContain(text);
  expect(refused.stderr).not.toContain('    at ');
  expect(refused.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  expect(refused.code).toBe(code);
});

test('paths are quoted for a shell, and every address is named by one', () => {
  const text = trustText("/srv/it's here/ca.pem", 'https://0.0.0.0:6772');
  expect(text).toContain(`--cacert '/srv/it'\\''s here/ca.pem' https://127.0.0.1:6772/`);
  expect(trustText('/srv/ca.pem', 'https://[::]:1')).toContain('--cacert /srv/ca.pem https://127.');
});
