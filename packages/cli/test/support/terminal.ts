// Runs the command on a terminal that script(1) makes, and types answers as they are asked for.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment, entry, type RunOptions } from './command.ts';

/** Why there is no terminal; undefined where script(1) of util-linux is, which takes `-c` and gives the exit code. */
export const noScript: string | undefined =
  spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') === true
    ? undefined
    : 'script(1) of util-linux is not here';

export interface TerminalOptions extends RunOptions {
  /** What is asked, and what is typed then; Enter follows, unless it is a control character. */
  readonly answers?: readonly (readonly [question: string, answer: string])[];
  /** How long it takes to type an answer. */
  readonly hesitateMs?: number;
  /** All that was shown so far, whenever there is more. */
  readonly onText?: (text: string) => void;
}

export interface Shown {
  readonly code: number | null;
  /** All that the terminal got, control sequences included. */
  readonly text: string;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** `line` is shell text; `osskeep` in it is the command. */
export async function runLineOnTerminal(
  line: string,
  options: TerminalOptions = {},
): Promise<Shown> {
  const command = `osskeep() { ${quoted(process.execPath)} ${quoted(entry)} "$@"; }; stty rows 24 cols 100; ${line}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...cleanEnvironment(options.env), TERM: 'xterm', SHELL: '/bin/bash' },
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  let seen = 0;
  const answers = [...(options.answers ?? [])];
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    options.onText?.(text);
    const [next] = answers;
    if (next === undefined) return;
    const at = text.indexOf(next[0], seen);
    if (at < 0) return;
    seen = at + next[0].length;
    answers.shift();
    const typed = /^[\x00-\x1f]$/.test(next[1]) ? next[1] : `${next[1]}\r`;
    setTimeout(() => child.stdin.write(typed), options.hesitateMs ?? 0);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

export function runOnTerminal(
  args: readonly string[],
  options: TerminalOptions = {},
): Promise<Shown> {
  return runLineOnTerminal(`osskeep ${args.map(quoted).join(' ')}`, options);
}
