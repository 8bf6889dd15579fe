// Drives the real command: the file behind the `osskeep` link, as a child process.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const entry: string = fileURLToPath(new URL('../../bin/osskeep.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: Uint8Array;
}

/** The caller's environment without anything that configures osskeep or names a key. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^OSS(KEEP|UTIL)?_/.test(name));
  // Whoever runs the tests may have a ~/.ossutilconfig.
  return { ...Object.fromEntries(kept), HOME: join(tmpdir(), 'osskeep-no-home'), ...more };
}

export function start(args: readonly string[], options: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [entry, ...args], {
    env: cleanEnvironment(options.env),
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Collects what a child prints until it ends. */
export async function finish(child: ChildProcess): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

export function run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(args, options);
  // A command that fails early does not read its input; that is not the test's failure.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input);
  return finish(child);
}

/** A folder that is gone after `work`. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'osskeep-cli-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
