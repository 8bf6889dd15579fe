// `npx osskeep serve` in a user's project. A signal to npx alone would end npx and leave the server:
// both are in a group of their own, which is told as a terminal tells it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Scratch } from './scratch.ts';

export interface Served extends AsyncDisposable {
  /** What its commands need. */
  readonly env: Readonly<Record<string, string>>;
  readonly stderr: () => string;
  readonly stop: () => Promise<void>;
}

export async function startByNpx(scratch: Scratch, node: string, data: string): Promise<Served> {
  const key = { OSS_ACCESS_KEY_ID: 'LTAIPACKAGES', OSS_ACCESS_KEY_SECRET: 'a secret of the test' };
  const flags = ['--listen', '127.0.0.1:0', '--admin-listen', 'off', '--data', data];
  const child = spawn('npx', ['--no-install', 'osskeep', 'serve', ...flags], {
    cwd: scratch.folder,
    env: { ...scratch.environment(node), ...key },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, 'close');
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), closed]);
  const endpoint = /^ready (http:\S+)/.exec(String(first))?.[1];
  if (endpoint === undefined) throw new Error(`The server did not start:\n${stderr}`);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null)
      process.kill(-Number(child.pid), 'SIGINT');
    await closed;
  };
  return {
    env: { ...key, OSS_ENDPOINT: endpoint },
    stderr: () => stderr,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
