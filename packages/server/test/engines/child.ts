// Runs a program of test/engines/children in a process of its own and speaks with it in lines.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly pid: number;
  say(line: string): void;
  /** The next line it says. Throws what it wrote to stderr when it ends instead. */
  hear(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  ended(): Promise<number | null>;
}

export interface ChildOptions {
  /** Shell words before the program's own, e.g. `ulimit -f 100;`. */
  readonly shell?: string;
}

export function startChild(
  name: string,
  words: readonly string[],
  { shell = '' }: ChildOptions = {},
): Child {
  const program = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const command = `${shell} exec "$0" "$@"`;
  const child = spawn('sh', ['-c', command, process.execPath, program, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const complaints = collect(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    say: (line) => void child.stdin.write(`${line}\n`),
    hear: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${name} ended: ${complaints.join('')}`);
      return value;
    },
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
    ended: async () => {
      await exited;
      return child.exitCode;
    },
  };
}

function collect(child: ChildProcessByStdio<Writable, Readable, Readable>): string[] {
  const complaints: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => complaints.push(bytes.toString()));
  // A child that ended takes no more words; the test hears of it by its silence.
  child.stdin.on('error', () => undefined);
  return complaints;
}
