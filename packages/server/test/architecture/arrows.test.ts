// Holds the house's arrows: which package, room and folder may import which. Deny by default: a new folder
// has to be written down here before anything may import it.
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countLines, folderTables, readFolderTables } from '../../../../scripts/folders.ts';
import {
  type Arrows,
  arrowsBetween,
  arrowsUp,
  findCycle,
  importersOf,
  leavingImports,
  roomOf,
  strangePackages,
  strangeRooms,
} from './rules.ts';
import { parseSource, root, type Source, sourcesOf } from './sources.ts';

const packageArrows: Arrows = {
  protocol: [],
  client: ['@osskeep/protocol'],
  server: ['@osskeep/protocol'],
  cli: ['@osskeep/protocol', '@osskeep/client', '@osskeep/server'],
};
const packages = Object.keys(packageArrows);

/** Room of the server → rooms it may import, besides itself. */
const rooms: Arrows = {
  'core/ports': [],
  core: ['core/ports'],
  platform: ['core/ports'],
  'engines/memory': ['engines', 'core/ports'],
  'engines/embedded': ['engines', 'core/ports'],
  'engines/dns': ['core/ports'],
  engines: ['core/ports'],
  gateway: ['core', 'core/ports'],
  admin: ['gateway'],
  // Of all rooms, this one names an engine.
  'boot/engines': [
    'boot',
    'core',
    'core/ports',
    'engines',
    'engines/memory',
    'engines/embedded',
    'engines/dns',
  ],
  boot: ['boot/engines', 'admin', 'gateway', 'core', 'core/ports', 'platform'],
  '.': ['boot', 'gateway', 'core', 'core/ports'],
};

/** Folders of each package, lowest first, as the page has them: each may import those before it. */
const tables = folderTables();
const orderOf = (name: string): string[] =>
  tables.filter((row) => row.package === name).map(({ folder }) => folder);

const sources = new Map<string, readonly Source[]>(packages.map((name) => [name, sourcesOf(name)]));
const of = (name: string): readonly Source[] => sources.get(name) ?? [];
const baseOf = (name: string): string => join(root, 'packages', name, 'src');

const made = (file: string, text: string): Source => parseSource(`/base/${file}`, text);

describe('arrows between packages', () => {
  test.each(packages)('%s imports only what it may', (name) => {
    expect(of(name).length).toBeGreaterThan(1);
    expect(strangePackages(of(name), packageArrows[name] ?? [])).toEqual([]);
  });

  test.each([
    ['@osskeep/server', '@osskeep/server'],
    ['@osskeep/server/testing', '@osskeep/server'],
    ['osskeep', 'osskeep'],
  ])('an import of %s that nobody allowed is found', (target, name) => {
    const files = [made('a.ts', `import { a } from '${target}'; export const b = a;`)];
    expect(strangePackages(files, ['@osskeep/protocol'])).toEqual([`/base/a.ts imports ${name}`]);
    expect(strangePackages(files, [name])).toEqual([]);
  });

  test.each(packages)('no relative import leaves %s', (name) => {
    expect(leavingImports(baseOf(name), of(name))).toEqual([]);
  });

  test('one that leaves is found', () => {
    const file = made('low/a.ts', "export { a } from '../b.ts'; export { c } from '../../c.ts';");
    expect(leavingImports('/base', [file])).toEqual(['/base/low/a.ts imports ../../c.ts']);
  });

  test('protocol and client name no Node built-in outside their node sub-path', () => {
    const outside = ['protocol', 'client'].flatMap((name) =>
      of(name).filter(({ file }) => !relative(baseOf(name), file).startsWith('node/')),
    );
    expect(outside.length).toBeGreaterThan(100);
    expect(importersOf(/^node:/, outside)).toEqual([]);
  });
});

describe('arrows between rooms of the server', () => {
  const base = baseOf('server');
  const inRooms = (pattern: RegExp): Source[] =>
    of('server').filter(({ file }) => pattern.test(roomOf(base, file, rooms)));

  test('each room imports only the rooms it may', () => {
    expect(strangeRooms(base, of('server'), rooms)).toEqual([]);
  });

  test.each([
    ['an engine', 'engines/embedded/metadata', '../../../core/objects/b.ts'],
    ['another engine', 'engines/dns', '../memory/b.ts'],
    ['the platform', 'platform', '../core/store.ts'],
    ['the core', 'core/objects', '../../gateway/b.ts'],
    ['a port', 'core/ports', '../objects/b.ts'],
    ['the gateway', 'gateway/steps', '../../engines/memory/b.ts'],
    ['workers', 'boot/workers', '../../engines/embedded/metadata/b.ts'],
  ])('%s that reaches too far is found', (_who, folder, target) => {
    const file = parseSource(join(base, folder, 'a.ts'), `export { b } from '${target}';`);
    expect(strangeRooms(base, [file], rooms)).toHaveLength(1);
    const near = parseSource(join(base, folder, 'a.ts'), "export { b } from './b.ts';");
    expect(strangeRooms(base, [near], rooms)).toEqual([]);
  });

  const http = /^node:(http|https|http2|tls)$/;
  const machine = /^(node:(os|worker_threads|child_process|cluster|fs)(\/|$)|lmdb|@node-rs\/)/;

  test('only the gateway and boot know HTTP', () => {
    expect(importersOf(http, inRooms(/^(core|engines|platform)/))).toEqual([]);
  });

  test('no thread, processor count or native module below the platform', () => {
    const core = inRooms(/^core/);
    expect(importersOf(machine, core)).toEqual([]);
    expect(core.filter(({ text }) => /WebAssembly\./.test(text))).toEqual([]);
  });

  test.each([
    [http, 'node:tls'],
    [machine, 'node:fs/promises'],
    [machine, 'node:os'],
    [machine, '@node-rs/crc32'],
  ])('%s finds %s', (pattern, target) => {
    const file = made('a.ts', `import * as a from '${target}'; export const b = a;`);
    expect(importersOf(pattern, [file])).toEqual(['/base/a.ts']);
    expect(importersOf(pattern, [made('c.ts', "import { d } from 'node:path';")])).toEqual([]);
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
        const now = counted.get(folder);
        return now === undefined || Math.abs(now - lines) > Math.max(40, now * 0.15);
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
