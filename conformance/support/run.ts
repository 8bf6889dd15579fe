// Runs a program without blocking the server that lives in this process.
import { spawn } from 'node:child_process';

export interface RunOptions {
  /** What the program reads from standard input. */
  readonly input?: string | undefined;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** In place of this process's. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  /** The program is ended when it has printed this: it would go on for long after its work. */
  readonly endAfter?: string | undefined;
}

export interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(
  program: string,
  args: readonly string[],
  { input = '', env = {}, environment = process.env, cwd, endAfter }: RunOptions = {},
): Promise<Done> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...environment, NODE_OPTIONS: '', ...env } });
    let stdout = '';
    let stderr = '';
    const endWhenSaid = (said: string): void => {
      if (endAfter !== undefined && said.includes(endAfter)) child.kill();
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      endWhenSaid(stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      endWhenSaid(stderr);
    });
    // A program that ends before it has read everything closes the pipe.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}
