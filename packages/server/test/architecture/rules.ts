// The rules of the house, each as a function over sources that says what breaks it. The tests beside it
// apply them to the tree, and to made-up sources that break one each.
import { dirname, relative } from 'node:path';
import { type Source, targetOf } from './sources.ts';

/** Lines of a function, its braces included. */
export const functionLinesMax = 70;
/** Files of a folder, but of folders of operations and commands. */
export const filesMax = 15;

type Files = readonly Pick<Source, 'file' | 'imports'>[];

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
  return /(^|\/)(operations\/(bucket|object|service)|commands)$/.test(folder);
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
