// Asks before something is lost: on standard error, answered on standard input, as ossutil asks.
import { createInterface, type Interface } from 'node:readline';
import { CommandError } from '../failures/failures.ts';

/** Lines that came before they were asked for, and whoever waits for the next one. */
class Answers {
  readonly #reader: Interface;
  readonly #lines: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #isClosed = false;

  constructor() {
    this.#reader = createInterface({ input: process.stdin });
    this.#reader.on('line', (line) => {
      if (this.#waiting === undefined) this.#lines.push(line);
      else this.#answer(line);
    });
    this.#reader.on('close', () => {
      this.#isClosed = true;
      this.#answer(undefined);
    });
  }

  /** undefined: the input is at its end. */
  async next(): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined || this.#isClosed) return line;
    this.#reader.resume();
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #answer(line: string | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    // An input that nobody reads does not keep the process alive.
    if (!this.#isClosed) this.#reader.pause();
    waiting?.(line);
  }
}

let answers: Answers | undefined;

/** True for `y` and `yes`; whatever else is answered cancels. Without any answer it throws. */
export async function confirm(question: string): Promise<boolean> {
  process.stderr.write(`${question}(y or N)? `);
  answers ??= new Answers();
  const answer = await answers.next();
  if (answer === undefined) {
    process.stderr.write('\n');
    throw new CommandError('Nobody answered, so nothing was done.', {
      hint: 'Give -f to go ahead without being asked.',
    });
  }
  if (/^\s*y(es)?\s*$/i.test(answer)) return true;
  process.stderr.write('operation is canceled.\n');
  return false;
}
