// What every listing does with its entries: leave out, count, stop, print a page at a time.
import { nameFilter } from '../arguments/filters.ts';
import { isJson } from '../output/output-options.ts';
import { print } from '../output/print.ts';
import { jsonLine } from '../output/visible.ts';
import type { ListOptions } from './list-options.ts';

export interface Entry {
  /** What `--include` and `--exclude` look at. */
  readonly name: string;
  /** For a program; the names of its fields are documented in docs/cli.md. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For a person: one line. */
  readonly text: string;
}

/** The largest page the service gives. */
const pageSizeMax = 1000;

export class Listing {
  readonly #options: ListOptions;
  readonly #header: string;
  readonly #isMeant: (name: string) => boolean;
  #count = 0;

  /** `header` is printed before the first entry. */
  constructor(options: ListOptions, header: string) {
    this.#options = options;
    this.#header = header;
    this.#isMeant = nameFilter(options);
  }

  get #left(): number {
    return (this.#options.limitedNum ?? Number.POSITIVE_INFINITY) - this.#count;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** What to ask the service for: not more than will be shown, where nothing is left out. */
  get pageSize(): number {
    const { include, exclude } = this.#options;
    const isSifted = include !== undefined || exclude !== undefined;
    return isSifted ? pageSizeMax : Math.max(1, Math.min(pageSizeMax, this.#left));
  }

  async page(entries: readonly Entry[]): Promise<void> {
    const shown = entries.filter(({ name }) => this.#isMeant(name)).slice(0, this.#left);
    if (isJson(this.#options)) {
      await print(shown.map(({ json }) => jsonLine(json)).join(''));
    } else {
      const head = this.#count === 0 && shown.length > 0 ? this.#header : '';
      await print(head + shown.map(({ text }) => `${text}\n`).join(''));
    }
    this.#count += shown.length;
  }

  /** `Object Number is: 3`, as ossutil counts. */
  async total(what: string): Promise<void> {
    if (isJson(this.#options) || this.#options.quiet === true) return;
    await print(`${what} Number is: ${this.#count}\n`);
  }
}
