// The progress bar: on a terminal, while it takes a while, on standard error; never elsewhere.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { because } from '../../../testing/skips.ts';
import { progressLine } from '../src/transfer/meter.ts';
import { run, temporaryFolder } from './support/command.ts';
import { noScript, runLineOnTerminal, runOnTerminal } from './support/terminal.ts';

const MiB = 2 ** 20;
const pieces = 8;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Server;
let env: Record<string, string>;
/** The last piece waits for it: a bar that is late on a busy machine is late for nothing. */
let mayEnd = Promise.withResolvers<void>();

/** A server that takes its time: a piece every 150 ms. */
beforeAll(async () => {
  folder = await temporaryFolder();
  server = createServer(async (request, response) => {
    request.resume();
    response.setHeader('content-length', String(pieces * MiB));
    if (request.method === 'HEAD') {
      // Longer than the bar waits: it must not show a share of what it does not know yet.
      await new Promise((resolve) => setTimeout(resolve, 700));
      return response.end();
    }
    if (request.method === 'PUT') {
      await once(request, 'end');
      return response.setHeader('content-length', '0').end();
    }
    for (let piece = 1; piece < pieces; piece += 1) {
      response.write(Buffer.alloc(MiB));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await mayEnd.promise;
    return response.end(Buffer.alloc(MiB));
  });
  mayEnd.resolve();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  env = {
    OSS_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OSS_ACCESS_KEY_ID: 'id',
    OSS_ACCESS_KEY_SECRET: 'secret',
  };
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await folder?.[Symbol.asyncDispose]();
});

const bar = /\[=+>? *\] +\d+% /;

/** Lets a transfer end once the bar was seen. */
function untilSeen(): (text: string) => void {
  mayEnd = Promise.withResolvers<void>();
  return (text) => {
    if (bar.test(text)) mayEnd.resolve();
  };
}
const download = ['cp', 'oss://bucket/key', 'file', '-f'];

test.skipIf(noScript)(
  `a long download shows how far it is, and takes the bar away${because(noScript)}`,
  async () => {
    const onText = untilSeen();
    const { code, text } = await runOnTerminal(download, { env, cwd: folder.path, onText });
    expect(code).toBe(0);
    expect(text).toMatch(bar);
    expect(text).toContain('of 8.00 MiB');
    // Shares grow, and the bar is gone before the summary stands there.
    const shares = [...text.matchAll(/\] +(\d+)% /g)].map(([, share]) => Number(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const last = text.slice(text.lastIndexOf('% '));
    expect(last).toContain('\u001b[2K');
    expect(last).toContain('Success: Total 1 object');
    expect((await readFile(join(folder.path, 'file'))).length).toBe(pieces * MiB);
  },
);

test.skipIf(noScript)(
  `the bar goes to standard error: what is piped has none of it${because(noScript)}`,
  async () => {
    const { text } = await runLineOnTerminal('osskeep cp oss://bucket/key - | wc -c', {
      env,
      cwd: folder.path,
    });
    expect(text).toMatch(bar);
    expect(text).toContain(String(pieces * MiB));
  },
);

test.skipIf(noScript)(
  `--no-progress, --quiet and a standard error that is no terminal${because(noScript)}`,
  async () => {
    for (const line of [
      `osskeep ${download.join(' ')} --no-progress`,
      `osskeep ${download.join(' ')} --quiet`,
      `osskeep ${download.join(' ')} 2>errors`,
    ]) {
      const { code, text } = await runLineOnTerminal(line, { env, cwd: folder.path });
      expect(code).toBe(0);
      expect(text).not.toContain('%');
      expect(text).not.toContain('\u001b');
    }
    expect(await readFile(join(folder.path, 'errors'), 'utf8')).toBe('');
  },
);

test('without a terminal there is no bar', async () => {
  const done = await run(download, { env, cwd: folder.path });
  expect(done.stderr).toBe('');
  expect(done.stdout.toString()).toMatch(/^Success: Total 1 object, size 8\.00 MiB/);
});

test.skipIf(noScript)(
  `on a terminal it asks before it overwrites${because(noScript)}`,
  async () => {
    const kept = join(folder.path, 'kept');
    const args = ['cp', 'oss://bucket/key', 'kept'];
    const question = 'cp: overwrite "kept"(y or N)? ';
    const options = { env, cwd: folder.path, hesitateMs: 1000 };
    await writeFile(kept, 'mine');
    const no = await runOnTerminal(args, { ...options, answers: [[question, 'n']] });
    expect(no.code).toBe(0);
    expect(await readFile(kept, 'utf8')).toBe('mine');
    // No bar is drawn over the question while it waits.
    const asked = no.text.slice(no.text.indexOf(question));
    expect(asked).toMatch(/^[^\u001b%]+n\r\noperation is canceled\.\r\n/);
    const yes = await runOnTerminal(args, { ...options, answers: [[question, 'y']] });
    expect(yes.code).toBe(0);
    expect((await readFile(kept)).length).toBe(pieces * MiB);
  },
);

test('the line says share, files, speed and what is left', () => {
  const now = { bytes: 3 * MiB, totalBytes: 12 * MiB, items: 1, totalItems: 4, elapsedMs: 1500 };
  expect(progressLine(now)).toBe(
    '[======>                 ]  25%  1/4 files  3.00 MiB of 12.00 MiB  2.00 MiB/s  00:00:05',
  );
  expect(progressLine({ ...now, bytes: 0, totalItems: 1 })).toContain('  0%  0 B of');
  expect(progressLine({ ...now, bytes: 0 })).toContain('--:--:--');
  // A file that grew while it was read.
  expect(progressLine({ ...now, bytes: 13 * MiB })).toMatch(/^\[={24}\] 100% .* 00:00:00$/);
  expect(progressLine({ ...now, totalBytes: undefined, totalItems: 1 })).toBe(
    '3.00 MiB  2.00 MiB/s',
  );
});
