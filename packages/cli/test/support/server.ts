// A served osskeep on a free port, started through the command itself.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type RunOptions, start } from './command.ts';

export const rootKey: Readonly<Record<string, string>> = {
  OSS_ACCESS_KEY_ID: 'OSSKTESTROOT',
  OSS_ACCESS_KEY_SECRET: 'a secret only tests use',
};

export interface Served extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly readyLine: string;
  readonly endpoint: string;
  /** Everything printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends SIGTERM and gives the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `osskeep serve`; say `--listen 127.0.0.1:0` unless the test is about the address. */
export async function serve(args: readonly string[], options: RunOptions = {}): Promise<Served> {
  const child = start(['serve', ...args], options);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'close').then(() => undefined),
  ]);
  if (first === undefined) throw new Error(`The server ended before it was ready:\n${stderr}`);
  const endpoint = /^ready (https?:\/\/\S+)/.exec(first)?.[1];
  if (endpoint === undefined) throw new Error(`No ready line but: ${first}`);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode;
    const closed = once(child, 'close');
    child.kill(signal);
    const [code] = (await closed) as [number | null];
    return code;
  };
  return {
    child,
    readyLine: first,
    endpoint,
    stdout: () => stdout,
    stderr: () => stderr,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

/** On any free port, which the ready line names. */
export const anyPort: readonly string[] = ['--listen', '127.0.0.1:0'];
