// Questions on a terminal. What is typed for a secret is not shown, not even as stars. One reader asks
// all of them: between two readers the terminal would show what is typed ahead.
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from '../failures/failures.ts';

export class Questions implements Disposable {
  readonly #reader: Interface;
  readonly #ended = new AbortController();
  #isHidden = false;

  constructor() {
    const output = new Writable({
      write: (chunk, _encoding, done) => {
        if (!this.#isHidden) process.stderr.write(chunk);
        done();
      },
    });
    this.#reader = createInterface({
      input: process.stdin,
      output,
      terminal: true,
      historySize: 0,
    });
    // Ctrl-C and Ctrl-D.
    this.#reader.once('close', () => this.#ended.abort());
  }

  /** An empty answer keeps what is there. */
  async ask(name: string, present: string | undefined): Promise<string> {
    return (await this.#read(`Please enter ${name} [${present ?? ''}]: `)) || (present ?? '');
  }

  async askSecret(name: string, present: string | undefined): Promise<string> {
    process.stderr.write(`Please enter ${name} [${present === undefined ? '' : '********'}]: `);
    this.#isHidden = true;
    try {
      return (await this.#read('')) || (present ?? '');
    } finally {
      this.#isHidden = false;
      process.stderr.write('\n');
    }
  }

  async #read(question: string): Promise<string> {
    try {
      return (await this.#reader.question(question, { signal: this.#ended.signal })).trim();
    } catch (cause) {
      throw new CommandError('Nothing was written.', { cause });
    }
  }

  [Symbol.dispose](): void {
    this.#reader.close();
  }
}
