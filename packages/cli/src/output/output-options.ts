// How a command prints: as ossutil does, or as JSON; and whether it says what it did.
import { type Command, Option } from 'commander';
import { formatElapsed } from './figures.ts';
import { print } from './print.ts';
import { jsonLine } from './visible.ts';

export interface OutputOptions {
  readonly quiet?: boolean;
  /** `raw` is ossutil's word for what it prints without being asked for another form. */
  readonly output?: 'raw' | 'json';
}

/** For commands that only do something. */
export function withQuiet(command: Command): Command {
  return command.option('-q, --quiet', 'print only what was asked for: no totals, no times');
}

/** For commands that tell something. */
export function withOutput(command: Command): Command {
  return withQuiet(command).addOption(
    new Option('--output-format, --output <format>', 'json: one JSON document a line').choices([
      'raw',
      'json',
    ]),
  );
}

export function isJson(options: OutputOptions): boolean {
  return options.output === 'json';
}

/** Tells one thing: `text` for a person, `value` for a program. */
export async function tell(options: OutputOptions, value: unknown, text: string): Promise<void> {
  await print(isJson(options) ? jsonLine(value) : text);
}

/** ossutil's last line: how long it took. */
export async function printElapsed(options: OutputOptions, begin: number): Promise<void> {
  if (options.quiet === true || isJson(options)) return;
  await print(`\n${formatElapsed(performance.now() - begin)}\n`);
}
