// What the suite found, as tables: who signed or received, in which situation, with what result. Printed at
// the end and kept in .cache/seed-report.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class Table {
  readonly title: string;
  readonly #first: string;
  readonly #rows = new Map<string, Map<string, string>>();
  readonly #columns: Set<string>;

  constructor(title: string, first: string, columns: readonly string[]) {
    this.title = title;
    this.#first = first;
    this.#columns = new Set(columns);
  }

  set(row: string, column: string, result: string): void {
    this.#columns.add(column);
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    cells.set(column, result);
    this.#rows.set(row, cells);
  }

  /** Runs what fills a cell; what it throws makes the cell FAILED, and is thrown on. */
  async cell(row: string, column: string, fill: () => Promise<string>): Promise<void> {
    this.set(row, column, 'FAILED');
    this.set(row, column, await fill());
  }

  text(): string {
    const columns = [...this.#columns];
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    const rows = [...this.#rows].map(([row, cells]) =>
      line([row, ...columns.map((column) => cells.get(column) ?? 'not run')]),
    );
    const head = [line([this.#first, ...columns]), line(['---', ...columns.map(() => '---')])];
    return `## ${this.title}\n\n${[...head, ...rows].join('\n')}\n`;
  }
}

export class Report {
  readonly #tables: Table[] = [];
  readonly #notes: string[] = [];

  /** The title, what the rows are, and the columns that come first. */
  table(title: string, first: string, columns: readonly string[] = []): Table {
    const made = new Table(title, first, columns);
    this.#tables.push(made);
    return made;
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  /** Why those were left out that this machine lacks. */
  noteMissing(all: readonly { name: string; missing: string | undefined }[]): void {
    for (const { name, missing } of all) {
      if (missing !== undefined) this.note(`${name}: skipped, ${missing}.`);
    }
  }

  publish(heading: string, path: string): void {
    const notes = this.#notes.map((note) => `- ${note}\n`).join('');
    const text = `# ${heading}\n\n${this.#tables.map((table) => table.text()).join('\n')}\n${notes}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`\n${text}\n`);
  }
}
