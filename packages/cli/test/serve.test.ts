// `osskeep serve` as an operator sees it: the ready line, keys, signals, refusals.

import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run, temporaryFolder } from './support/command.ts';
import { anyPort, rootKey, serve } from './support/server.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder[Symbol.asyncDispose]());

test('the tests and the command run on Node 26', () => {
  expect(process.version).toMatch(/^v26\./);
});

test('prints one ready line, answers, tells no secret, stops on SIGTERM with 0', async () => {
  await using server = await serve([...anyPort, '--data', join(folder.path, 'one')], {
    env: rootKey,
  });
  const answer = await fetch(server.endpoint);
  expect(answer.status).toBe(403);
  expect(answer.headers.get('x-oss-request-id')).toBeTruthy();
  await answer.text();
  expect(await server.stop('SIGTERM')).toBe(0);
  expect(server.stdout()).toBe(`${server.readyLine}\n`);
  expect(server.readyLine).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  expect(server.stderr()).not.toContain(rootKey['OSS_ACCESS_KEY_SECRET']);
});

test('without a key one is made, shown once, and kept', async () => {
  const data = join(folder.path, 'made');
  await using first = await serve([...anyPort, '--data', data, '--log-level', 'silent']);
  await first.stop('SIGINT');
  const id = /OSS_ACCESS_KEY_ID=(\S+)/.exec(first.stderr())?.[1] ?? '';
  const secret = /OSS_ACCESS_KEY_SECRET=(\S+)/.exec(first.stderr())?.[1] ?? '';
  expect(id).not.toBe('');
  expect(secret.length).toBeGreaterThanOrEqual(24);

  await using second = await serve([...anyPort, '--data', data, '--log-level', 'silent']);
  expect(second.stderr()).toBe('');
  const made = await run(['mb', 'oss://kept-key', '-e', second.endpoint], {
    env: { OSS_ACCESS_KEY_ID: id, OSS_ACCESS_KEY_SECRET: secret },
  });
  expect(made.stderr).toBe('');
  expect(made.code).toBe(0);
  expect(await second.stop()).toBe(0);
});

test('the data folder is for its owner only', async () => {
  const data = join(folder.path, 'private');
  await using server = await serve([...anyPort, '--data', data, '--log-level', 'silent']);
  await server.stop();
  expect((await stat(data)).mode & 0o077).toBe(0);
  for (const name of await readdir(data)) {
    const found = await stat(join(data, name));
    // A socket holds no data; who may reach it is decided by the folder.
    expect(found.mode & 0o077, name).toBe(0);
  }
});

test('a second server on the same folder refuses with one sentence and 3', async () => {
  const data = join(folder.path, 'shared');
  await using server = await serve([...anyPort, '--data', data], { env: rootKey });
  const refused = await run(['serve', '--listen', '127.0.0.1:0', '--data', data], { env: rootKey });
  expect(refused.code).toBe(3);
  expect(refused.stdout.toString()).toBe('');
  expect(refused.stderr).toMatch(/^osskeep: .*(in use|uses|another)/);
  expect(refused.stderr).toContain(data);
  expect(refused.stderr).not.toContain('    at ');
  expect(await server.stop()).toBe(0);
});

test('a busy port is told in one sentence', async () => {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const { port } = busy.address() as AddressInfo;
  const refused = await run(
    ['serve', '--listen', `127.0.0.1:${port}`, '--data', join(folder.path, 'busy')],
    { env: rootKey },
  );
  busy.close();
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain(`127.0.0.1:${port}`);
  expect(refused.stderr).toMatch(/in use|another program/);
  expect(refused.stderr).not.toContain('    at ');
});

test.each([
  [['--listen', 'nonsense'], 3, 'nonsense'],
  [['--region', 'no region'], 3, 'region'],
  [['--config', '/does/not/exist.yaml'], 3, '/does/not/exist.yaml'],
  [['--block-public-access', 'maybe'], 1, 'on, off'],
  [['--cname', 'static.example.test'], 1, 'DOMAIN=BUCKET'],
  [['--log-level', 'loud'], 1, 'silent'],
  [['--admin-listen', 'nonsense'], 3, 'nonsense'],
  [['--parity', 'loose'], 1, 'strict, friendly'],
  [['--head-on-get-links', 'maybe'], 1, 'on, off'],
  [['--fast-path', 'maybe'], 1, 'on, off'],
  [['--cname-resolver', 'dns.example.test'], 3, 'cnameResolver.0'],
])('refuses %j with %i', async (args, code, text) => {
  const refused = await run(['serve', '--data', join(folder.path, 'never'), ...args]);
  expect(refused.stderr).toContain(text);
  expect(refused.stderr).not.toContain('    at ');
  expect(refused.code).toBe(code);
});

test('half a root key is refused', async () => {
  const env = { OSS_ACCESS_KEY_ID: 'only-the-id' };
  const refused = await run(['serve', '--data', join(folder.path, 'half')], { env });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('OSS_ACCESS_KEY_SECRET is missing');
});

test('the environment mirrors the flags, and a file is not overruled by defaults', async () => {
  const data = join(folder.path, 'from-environment');
  const config = join(folder.path, 'osskeep.yaml');
  await writeFile(config, 'region: cn-beijing\nlisten: 127.0.0.1:0\n');
  await using server = await serve([], {
    env: { ...rootKey, OSSKEEP_DATA: data, OSSKEEP_CONFIG: config, OSSKEEP_LOG_LEVEL: 'silent' },
    cwd: folder.path,
  });
  expect(server.endpoint).not.toBe('http://127.0.0.1:6770');
  const make = ['mb', 'oss://in-beijing', '-e', server.endpoint];
  const wrong = await run(make, { env: rootKey });
  expect(wrong.stderr).toContain('region');
  const right = await run([...make, '--region', 'cn-beijing'], { env: rootKey });
  expect(right.stderr).toBe('');
  expect(await server.stop()).toBe(0);
  expect(await readdir(data)).not.toHaveLength(0);
});

test('a second signal a second later ends a server that still waits for a request', async () => {
  await using server = await serve([...anyPort, '--data', join(folder.path, 'waits')], {
    env: rootKey,
  });
  const args = ['oss://waits', '-e', server.endpoint];
  expect((await run(['mb', ...args], { env: rootKey })).stderr).toBe('');
  args[0] = 'oss://waits/slow';
  const link = await run(['presign', ...args, '--method', 'PUT'], { env: rootKey });
  const url = new URL(link.stdout.toString().trim());
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => {});
  // An upload whose body never comes: the stop waits for it.
  socket.write(
    `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 5\r\n\r\n`,
  );
  await setTimeout(200);
  const closed = once(server.child, 'close');
  server.child.kill('SIGTERM');
  await setTimeout(800);
  expect(server.child.exitCode).toBe(null);
  server.child.kill('SIGTERM');
  const [code] = (await closed) as [number | null];
  expect(code).toBe(0);
  socket.destroy();
});

test('health and metrics answer on the admin address, which the log names', async () => {
  const data = join(folder.path, 'admin');
  await using server = await serve([...anyPort, '--data', data, '--admin-listen', '127.0.0.1:0'], {
    env: rootKey,
  });
  const address = (): string | undefined =>
    /Health and metrics on (http:\S+?)"/.exec(server.stderr())?.[1];
  while (address() === undefined) await setTimeout(10);
  const admin = address();
  expect(await (await fetch(`${admin}/readyz`)).text()).toBe('ok\n');
  await (await fetch(server.endpoint)).text();
  expect(await (await fetch(`${admin}/metrics`)).text()).toContain(
    'osskeep_requests_total{operation="ListBuckets",status="403",code="AccessDenied"} 1',
  );
  expect(await server.stop()).toBe(0);
});

test('a taken default admin address is told, and no reason not to start', async () => {
  const start = (name: string) =>
    serve([...anyPort, '--data', join(folder.path, name)], { env: rootKey });
  await using first = await start('beside-one');
  await using second = await start('beside-two');
  const said = 'No health and metrics: 127.0.0.1:6771 is taken; see --admin-listen.';
  while (!`${first.stderr()}${second.stderr()}`.includes(said)) await setTimeout(10);
  expect((await fetch(second.endpoint)).status).toBe(403);
});

test('SIGHUP: a key that the file disables is refused from then on; a bad file changes nothing', async () => {
  const data = join(folder.path, 'hang-up');
  const config = join(folder.path, 'hang-up.yaml');
  const write = (more: string): Promise<void> =>
    writeFile(
      config,
      `accounts:\n  - id: "2000000000000001"\n    keys:\n      - { id: CONFIGURED, secret: of-the-file${more} }\n`,
    );
  await write('');
  const args = ['--data', data, '--config', config, '--log-level', 'warn', '--admin-listen', 'off'];
  await using server = await serve([...anyPort, ...args], { env: rootKey });
  const env = { OSS_ACCESS_KEY_ID: 'CONFIGURED', OSS_ACCESS_KEY_SECRET: 'of-the-file' };
  const to = ['-e', server.endpoint];
  expect((await run(['mb', 'oss://configured', ...to], { env })).stderr).toBe('');
  const link = await run(['presign', 'oss://configured/none', ...to], { env });
  const status = async (): Promise<number> => {
    const answer = await fetch(link.stdout.toString().trim());
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await status()).toBe(404);

  await write(', enabled: maybe');
  server.child.kill('SIGHUP');
  while (!server.stderr().includes('The configuration stays as it was.')) await setTimeout(10);
  expect(server.stderr()).toContain('accounts.0.keys.0.enabled');
  expect(await status()).toBe(404);

  await write(', enabled: false');
  server.child.kill('SIGHUP');
  while ((await status()) !== 403) await setTimeout(10);
  const refused = await run(['mb', 'oss://another', ...to], { env });
  expect(refused.stderr).toContain('Code: InvalidAccessKeyId');
  expect(await server.stop()).toBe(0);
});
