// Runs the commands it reads, one JSON object a line, and prints what each did. The tests send through it
// what has to run on the machine that scripts/official-host.sh makes.
import { createInterface } from 'node:readline';
import { type RunOptions, run } from '../../support/run.ts';

interface Command extends RunOptions {
  readonly program: string;
  readonly args: readonly string[];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { program, args, ...options } = JSON.parse(line) as Command;
  let answer: object;
  try {
    answer = await run(program, args, options);
  } catch (error) {
    answer = { status: null, stdout: '', stderr: (error as Error).message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
