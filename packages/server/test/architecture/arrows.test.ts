// Holds the house's arrows: which package, room and folder may import which. Deny by default: a new folder
// has to be written down here before anything may import it.
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countLines, folderTables, readFolderTables } from '../../../../scripts/folders.ts';
import { arrowsBetween, arrowsUp, findCycle } from './rules.ts';
import { parseSource, root, type Source, sourcesOf, targetOf } from './sources.ts';

const packageArrows: Record<string, readonly string[]> = {
  protocol: [],
  client: ['@osskeep/protocol'],
  server: ['@osskeep/protocol'],
  cli: ['@osskeep/protocol', '@osskeep/client', '@osskeep/server'],
};
const packages = Object.keys(packageArrows);

/** Room of the server → rooms it may import, besides itself. */
const rooms: Record<string, readonly string[]> = {
  core: [],
  platform: ['core'],
  'engines/memory': ['engines', 'core'],
  'engines/embedded': ['engines', 'core'],
  'engines/dns': ['core'],
  engines: ['core'],
  gateway: ['core'],
  admin: ['gateway'],
  boot: [
    'admin',
    'gateway',
    'core',
    'platform',
    'engines',
    'engines/memory',
    'engines/embedded',
    'engines/dns',
  ],
  '.': ['boot', 'gateway', 'core'],
};

/** Folders of each package, lowest first, as the page has them: each may import those before it. */
const tables = folderTables();
const orderOf = (name: string): string[] =>
  tables.filter((row) => row.package === name).map(({ folder }) => folder);

const sources = new Map<string, readonly Source[]>(packages.map((name) => [name, sourcesOf(name)]));
const of = (name: string): readonly Source[] => sources.get(name) ?? [];
const baseOf = (name: string): string => join(root, 'packages', name, 'src');

function roomOf(file: string): string {
  const path = relative(baseOf('server'), file);
  const names = Object.keys(rooms).filter((name) => path.startsWith(`${name}/`));
  return names.sort((a, b) => b.length - a.length)[0] ?? '.';
}

describe('arrows between packages', () => {
  test.each(packages)('%s imports only what it may', (name) => {
    expect(of(name).length).toBeGreaterThan(1);
    const wrong = of(name)
      .flatMap(({ file, imports }) => imports.map(({ target }) => ({ file, target })))
      .filter(({ target }) => /^(@osskeep\/|osskeep)/.test(target))
      .filter(({ target }) => {
        const words = target.startsWith('@') ? 2 : 1;
        const bare = target.split('/').slice(0, words).join('/');
        return !(packageArrows[name] ?? []).includes(bare);
      });
    expect(wrong).toEqual([]);
  });

  test('no relative import leaves its package', () => {
    const wrong = packages.flatMap((name) =>
      of(name).flatMap((source) =>
        source.imports
          .filter(({ target }) => target.startsWith('.'))
          .map(({ target }) => relative(baseOf(name), targetOf(source, target)))
          .filter((inside) => inside.startsWith('..')),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('protocol and client name no Node built-in outside their node sub-path', () => {
    const wrong = ['protocol', 'client'].flatMap((name) =>
      of(name)
        .filter(({ file }) => !relative(baseOf(name), file).startsWith('node'))
        .filter(({ imports }) => imports.some(({ target }) => target.startsWith('node:')))
        .map(({ file }) => file),
    );
    expect(wrong).toEqual([]);
  });
});

describe('arrows between rooms of the server', () => {
  test('each room imports only the rooms it may', () => {
    const wrong = of('server').flatMap((source) =>
      source.imports
        .filter(({ target }) => target.startsWith('.'))
        .map(({ target }) => [roomOf(source.file), roomOf(targetOf(source, target))] as const)
        .filter(([from, to]) => from !== to && !(rooms[from] ?? []).includes(to))
        .map(([from, to]) => `${source.file}: ${from} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('only the gateway and boot know HTTP', () => {
    const wrong = of('server')
      .filter(({ file }) => /^(core|engines|platform)/.test(roomOf(file)))
      .filter(({ imports }) =>
        imports.some(({ target }) => /^node:(http|https|http2|tls)$/.test(target)),
      );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test('no thread, processor count or native module below the platform', () => {
    const wrong = of('server')
      .filter(({ file }) => roomOf(file) === 'core')
      .filter(({ text, imports }) => {
        const isPlatform = /^(node:(os|worker_threads|child_process|cluster|fs)|lmdb|@node-rs\/)/;
        return imports.some(({ target }) => isPlatform.test(target)) || /WebAssembly\./.test(text);
      });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('arrows between folders', () => {
  test.each(packages)('of %s lead down only', (name) => {
    expect(arrowsUp(baseOf(name), of(name), orderOf(name))).toEqual([]);
  });

  test.each(packages)('of %s are those of the page, with about so many lines', (name) => {
    const counted = countLines(name);
    const wrong = tables
      .filter((row) => row.package === name)
      .filter(({ folder, lines }) => {
        const now = counted.get(folder) ?? 0;
        return Math.abs(now - lines) > Math.max(40, now * 0.15);
      });
    // `node scripts/folders.ts` counts anew.
    expect(wrong).toEqual([]);
  });

  test('are read out of tables, and of nothing else', () => {
    const table = ['| `cli` | lines | what |', '|---|---:|---|', '| `a/b` | 1,234 | x |', ''];
    const rows = readFolderTables([...table, '| `c` | 5 | y |'].join('\n'));
    expect(rows).toEqual([{ package: 'cli', folder: 'a/b', lines: 1234 }]);
  });

  test('the embedded engine has at most 8 rooms and 12 arrows between them', () => {
    const base = join(baseOf('server'), 'engines/embedded');
    const inside = of('server').filter(({ file }) => file.startsWith(`${base}/`));
    const folders = new Set(inside.map(({ file }) => dirname(file)));
    const arrows = arrowsBetween(base, inside).filter(([, to]) => !to.startsWith('..'));
    expect([...folders].length).toBeLessThanOrEqual(8);
    expect(arrows.length).toBeLessThanOrEqual(12);
  });

  const made = (file: string, text: string): Source => parseSource(`/base/${file}`, text);
  const low = made('low/a.ts', 'export const a = 1;');

  test.each([
    ['a lower folder imports a higher one', "import { b } from '../high/b.ts';"],
    ['by its type only', "import type { b } from '../high/b.ts';"],
    ['by an import type', "export type B = typeof import('../high/b.ts');"],
    ['late', "export const b = () => import('../high/b.ts');"],
    ['by passing it on', "export { b } from '../high/b.ts';"],
  ])('%s: it is found', (_how, text) => {
    const files = [made('high/b.ts', 'export const b = 1;'), made('low/c.ts', text)];
    expect(arrowsUp('/base', files, ['low', 'high'])).toEqual([
      'low imports high, which is not below it',
    ]);
    const down = [low, made('high/b.ts', "import { a } from '../low/a.ts'; export const b = a;")];
    expect(arrowsUp('/base', down, ['low', 'high'])).toEqual([]);
  });

  test('a folder that nobody wrote down is found', () => {
    const files = [low, made('new/b.ts', 'export const b = 1;')];
    expect(arrowsUp('/base', files, ['low'])).toEqual(['new has no place in the order of folders']);
  });
});

describe('cycles', () => {
  test.each(packages)('%s has no import cycle', (name) => {
    const graph = new Map(
      of(name).map((source) => [
        source.file,
        source.imports
          .filter(({ target }) => target.startsWith('.'))
          .map(({ target }) => resolve(dirname(source.file), target)),
      ]),
    );
    expect(findCycle(graph)?.map((file) => relative(root, file))).toBeUndefined();
  });

  test('the finder finds one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
  });
});
