// What `npm start` runs: a newcomer's first minute.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cleanEnvironment, finish, temporaryFolder } from './support/command.ts';

const script = fileURLToPath(new URL('../../../scripts/start.js', import.meta.url));

function launch(data: string, listen = '127.0.0.1:0') {
  return spawn(process.execPath, [script], {
    env: cleanEnvironment({ OSSKEEP_DATA: data, OSSKEEP_LISTEN: listen }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts it, reads until the last line of the block, runs `work`, presses Ctrl-C. */
async function session(data: string, work: (text: string) => Promise<void>): Promise<string> {
  const child = launch(data);
  let text = '';
  const done = finish(child);
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  while (!text.includes('Ctrl-C') && child.exitCode === null) {
    await Promise.race([once(child.stdout, 'data'), done]);
  }
  if (child.exitCode === null) await work(text);
  child.kill('SIGINT');
  // npm passes the same Ctrl-C on a moment later; it must not turn the stop into an abort.
  setTimeout(() => child.kill('SIGINT'), 20);
  const { code, stderr } = await done;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return text;
}

function urlIn(text: string): string {
  return /^ +(http:\S+exampleobject\.txt\?\S+)$/m.exec(text)?.[1] ?? '';
}

test('prints endpoint, keys, a URL that works and the curl line; keeps the keys', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const first = await session(data, async (text) => {
    const url = urlIn(text);
    expect(new URL(url).searchParams.get('x-oss-expires')).toBe('3600');
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('signed URL');
    expect(text).toContain(`curl -f -o exampleobject.txt '${url}'`);
  });
  const pair = JSON.parse(await readFile(join(data, 'demo-key.json'), 'utf8'));
  expect(first).toContain(pair.accessKeyId);
  expect(first).toContain(pair.accessKeySecret);
  expect((await stat(join(data, 'demo-key.json'))).mode & 0o777).toBe(0o600);

  const second = await session(data, async (text) => {
    expect((await fetch(urlIn(text))).status).toBe(200);
  });
  expect(second).toContain(pair.accessKeySecret);
});

test('a busy port gives one sentence', async () => {
  await using folder = await temporaryFolder();
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const { port } = busy.address() as AddressInfo;
  const { code, stdout, stderr } = await finish(
    launch(join(folder.path, 'data'), `127.0.0.1:${port}`),
  );
  busy.close();
  expect(code).toBe(1);
  expect(stdout.toString()).toBe('');
  expect(stderr).toContain(`127.0.0.1:${port}`);
  expect(stderr).toContain('OSSKEEP_LISTEN');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a folder in use gives one sentence', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  await session(data, async () => {
    const { code, stderr } = await finish(launch(data));
    expect(code).toBe(1);
    expect(stderr).toContain(data);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
