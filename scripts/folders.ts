// The tables of folders in docs/ARCHITECTURE.md: read by the test of the arrows, which takes the order of
// folders from them. `npx node scripts/folders.ts` counts the lines anew; what a folder is for, and where it
// stands, is written by hand.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/ARCHITECTURE.md');

export interface FolderRow {
  /** Of `packages`. */
  readonly package: string;
  /** Below the package's `src`; `.` = the files that lie in it. */
  readonly folder: string;
  readonly lines: number;
}

/** | `protocol` | lines | … |, and the rows below it. */
const head = /^\| `(\w+)` \| lines \|/;
const row = /^\| `([\w./-]+)` \| ([\d,]+) \|/;

export function readFolderTables(text: string): FolderRow[] {
  const rows: FolderRow[] = [];
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const begins = head.exec(line);
    if (begins !== null) name = begins[1];
    else if (!line.startsWith('|')) name = undefined;
    const [, folder, lines = ''] = row.exec(line) ?? [];
    if (name === undefined || folder === undefined) continue;
    rows.push({ package: name, folder, lines: Number(lines.replaceAll(',', '')) });
  }
  return rows;
}

export function folderTables(): FolderRow[] {
  return readFolderTables(readFileSync(page, 'utf8'));
}

/** Lines of each folder of a package, by its path below `src`. */
export function countLines(name: string): ReadonlyMap<string, number> {
  const source = join(root, 'packages', name, 'src');
  const counts = new Map<string, number>();
  for (const file of globSync('**/*.ts', { cwd: source })) {
    const lines = readFileSync(join(source, file), 'utf8').split('\n').length - 1;
    const folder = dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + lines);
  }
  return counts;
}

function countAnew(text: string): string {
  let name = '';
  const lines = text.split('\n').map((line) => {
    name = head.exec(line)?.[1] ?? name;
    const [, folder] = row.exec(line) ?? [];
    const count = folder === undefined ? undefined : countLines(name).get(folder);
    if (count === undefined) return line;
    return line.replace(row, `| \`${folder}\` | ${count.toLocaleString('en-US')} |`);
  });
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, countAnew(readFileSync(page, 'utf8')));
}
