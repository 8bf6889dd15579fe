// The rules of the house, each as a function over sources that says what breaks it. The tests beside it
// apply them to the tree, and to made-up sources that break one each.
import { dirname, relative } from 'node:path';
import { type Source, targetOf } from './sources.ts';

/** Lines of a function, its braces included. */
export const functionLinesMax = 70;
/** Files of a folder, but of those that have one for each operation or command. */
export const filesMax = 15;

type Files = readonly Pick<Source, 'file' | 'imports'>[];

/** What each may import besides itself, by its name. */
export type Arrows = Readonly<Record<string, readonly string[]>>;

/** Of a file, seen from `base`; `.` = the files that lie in `base` itself. */
export function folderOf(base: string, file: string): string {
  return relative(base, dirname(file)) || '.';
}

/** Arrows between folders, each once: importer and imported. */
export function arrowsBetween(
  base: string,
  sources: Files,
): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const source of sources) {
    for (const { target } of source.imports) {
      if (!target.startsWith('.')) continue;
      const from = folderOf(base, source.file);
      const to = folderOf(base, targetOf(source, target));
      if (from !== to) found.set(`${from} ${to}`, [from, to]);
    }
  }
  return [...found.values()];
}

/** Imports of folders that `order`, lowest first, does not put below the importer's. */
export function arrowsUp(base: string, sources: Files, order: readonly string[]): string[] {
  const height = new Map(order.map((folder, index) => [folder, index]));
  const unknown = [...new Set(sources.map(({ file }) => folderOf(base, file)))]
    .filter((folder) => !height.has(folder))
    .map((folder) => `${folder} has no place in the order of folders`);
  const up = arrowsBetween(base, sources)
    .filter(([from, to]) => (height.get(from) ?? 0) <= (height.get(to) ?? 0))
    .map(([from, to]) => `${from} imports ${to}, which is not below it`);
  return [...unknown, ...up];
}

/** Imports of our packages that the importer's package may not import. */
export function strangePackages(sources: Files, allowed: readonly string[]): string[] {
  return sources.flatMap(({ file, imports }) =>
    imports
      .map(({ target }) => /^(@osskeep\/[^/]+|osskeep)(?=\/|$)/.exec(target)?.[0])
      .filter((name) => name !== undefined && !allowed.includes(name))
      .map((name) => `${file} imports ${name}`),
  );
}

/** Relative imports of what is not below `base`. */
export function leavingImports(base: string, sources: Files): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ target }) => relative(base, targetOf(source, target)).startsWith('..'))
      .map(({ target }) => `${source.file} imports ${target}`),
  );
}

/** Imports by a name that matches. */
export function importersOf(target: RegExp, sources: Files): string[] {
  return sources
    .filter(({ imports }) => imports.some((each) => target.test(each.target)))
    .map(({ file }) => file);
}

/** The innermost room of `rooms` that a file lies in; `.` = none of them. */
export function roomOf(base: string, file: string, rooms: Arrows): string {
  const path = relative(base, file);
  const names = Object.keys(rooms).filter((name) => path.startsWith(`${name}/`));
  return names.sort((a, b) => b.length - a.length)[0] ?? '.';
}

/** Imports of rooms that the importer's room may not import. */
export function strangeRooms(base: string, sources: Files, rooms: Arrows): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ target }) => roomOf(base, targetOf(source, target), rooms))
      .map((to) => [roomOf(base, source.file, rooms), to] as const)
      .filter(([from, to]) => from !== to && !(rooms[from] ?? []).includes(to))
      .map(([from, to]) => `${source.file}: ${from} imports ${to}`),
  );
}

export function longFunctions(sources: readonly Pick<Source, 'file' | 'functions'>[]): string[] {
  return sources.flatMap(({ file, functions }) =>
    functions
      .filter(({ lines }) => lines > functionLinesMax)
      .map(({ name, lines }) => `${file}: ${name} has ${lines} lines`),
  );
}

export function fullFolders(base: string, files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = folderOf(base, file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > filesMax && !isOfOperations(folder))
    .map(([folder, count]) => `${folder} has ${count} files`);
}

/** One file an operation, or a command. */
function isOfOperations(folder: string): boolean {
  return /(^commands|(^|\/)operations\/(bucket|object|service))$/.test(folder);
}

export function moduleState(
  base: string,
  sources: readonly Pick<Source, 'file' | 'state'>[],
  allowed: Readonly<Record<string, string>>,
): string[] {
  return sources.flatMap(({ file, state }) =>
    state.map((name) => `${relative(base, file)}: ${name}`).filter((each) => !(each in allowed)),
  );
}

/** What `sources` export and no other of them imports, but what `entries` pass on to whoever uses the package. */
export function unusedExports(
  base: string,
  sources: readonly Pick<Source, 'file' | 'imports' | 'exports'>[],
  entries: readonly string[],
  allowed: Readonly<Record<string, string>>,
): string[] {
  const used = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const { target, names } of source.imports) {
      const file = targetOf(source, target);
      const known = used.get(file) ?? new Set();
      used.set(file, known);
      for (const name of names) known.add(name);
    }
  }
  return sources
    .filter(({ file }) => !entries.includes(relative(base, file)))
    .flatMap(({ file, exports }) => {
      const names = used.get(file) ?? new Set();
      const unused = names.has('*') ? [] : exports.filter((name) => !names.has(name));
      return unused.map((name) => `${relative(base, file)}: ${name}`);
    })
    .filter((each) => !(each in allowed));
}

/** A way of imports that leads back to where it began. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | undefined => {
    const at = path.indexOf(node);
    if (at !== -1) return [...path.slice(at), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
