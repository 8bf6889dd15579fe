// Holds what keeps the house readable: short functions, folders that can be seen at a glance, nothing
// exported that nobody uses, and no state that outlives its owner.
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  filesMax,
  fullFolders,
  functionLinesMax,
  longFunctions,
  moduleState,
  unusedExports,
} from './rules.ts';
import { parseSource, root, sourcesOf } from './sources.ts';

const packages = ['protocol', 'client', 'server', 'cli'];
const baseOf = (name: string): string => join(root, 'packages', name, 'src');
const all = packages.flatMap(sourcesOf);

/** State of modules, and why it is none of anybody's: what is kept is a pure fact, or the process has one. */
const allowedState: Readonly<Record<string, string>> = {};

/** Exports that no other source imports, and whom they are for. */
const allowedExports: Readonly<Record<string, string>> = {};

/** What a package's users import. */
const entries: Readonly<Record<string, readonly string[]>> = {
  client: ['index.ts', 'node/index.ts'],
  server: ['index.ts'],
  cli: ['index.ts', 'main.ts'],
};

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `  a(${at});`).join('\n');

describe('functions', () => {
  test(`have at most ${functionLinesMax} lines`, () => {
    expect(longFunctions(all)).toEqual([]);
  });

  test.each([
    ['function', (body: string) => `function long() {\n${body}\n}`],
    ['method', (body: string) => `class A {\nlong() {\n${body}\n}\n}`],
    ['arrow', (body: string) => `const long = async () => {\n${body}\n};`],
  ])('a longer %s is found', (_kind, text) => {
    const of = (count: number) => [parseSource('/base/a.ts', text(lines(count)))];
    expect(longFunctions(of(functionLinesMax - 1))[0]).toContain(
      `long has ${functionLinesMax + 1} lines`,
    );
    expect(longFunctions(of(functionLinesMax - 2))).toEqual([]);
  });
});

describe('folders', () => {
  test.each(packages)(`of %s have at most ${filesMax} files`, (name) => {
    const files = sourcesOf(name).map(({ file }) => file);
    expect(fullFolders(baseOf(name), files)).toEqual([]);
  });

  test('a fuller one is found, but of operations', () => {
    const files = (folder: string, count: number) =>
      Array.from({ length: count }, (_, at) => `/base/${folder}/${at}.ts`);
    expect(fullFolders('/base', files('a', filesMax + 1))).toEqual(['a has 16 files']);
    expect(fullFolders('/base', files('a', filesMax))).toEqual([]);
    expect(fullFolders('/base', files('gateway/operations/bucket', 99))).toEqual([]);
  });
});

describe('state of modules', () => {
  test('is none but what is named here, with its reason', () => {
    expect(moduleState(root, all, allowedState)).toEqual([]);
  });

  test('what is named here is there', () => {
    const there = new Set(moduleState(root, all, {}));
    expect(Object.keys(allowedState).filter((name) => !there.has(name))).toEqual([]);
  });

  test.each([
    'let a = 1;',
    'export let a: number | undefined;',
    'const a = new Map<string, number>();',
    'const a = new WeakMap();',
    'const a: string[] = [];',
    'export const a: Pool = new Pool(8);',
    'const a = rememberLast(parse);',
  ])('%s is found', (text) => {
    expect(moduleState('/base', [parseSource('/base/a.ts', text)], {})).toEqual(['a.ts: a']);
  });

  test.each([
    "const a: ReadonlySet<string> = new Set(['a']);",
    'const a = /a/;',
    'const a = new RegExp("a");',
    "const a = ['b'];",
    'function f() { let a = 1; return a; }',
    'declare let a: number;',
  ])('%s is none', (text) => {
    expect(moduleState('/base', [parseSource('/base/a.ts', text)], {})).toEqual([]);
  });
});

describe('exports', () => {
  const unused = packages
    .filter((name) => entries[name] !== undefined)
    .flatMap((name) =>
      unusedExports(baseOf(name), sourcesOf(name), entries[name] ?? [], {}).map(
        (each) => `${relative(join(root, 'packages'), baseOf(name))}/${each}`,
      ),
    );

  test('are imported by a source, or named here with whom they are for', () => {
    expect(unused.filter((each) => !(each in allowedExports))).toEqual([]);
  });

  test('what is named here is there', () => {
    expect(Object.keys(allowedExports).filter((each) => !unused.includes(each))).toEqual([]);
  });

  test('one that only tests would import is found', () => {
    const a = parseSource('/base/a.ts', 'export const used = 1; export function forTests() {}');
    const b = parseSource(
      '/base/b.ts',
      "import { used } from './a.ts'; export const entry = used;",
    );
    expect(unusedExports('/base', [a, b], ['b.ts'], {})).toEqual(['a.ts: forTests']);
    const c = parseSource('/base/c.ts', "export const late = () => import('./a.ts');");
    expect(unusedExports('/base', [a, b, c], ['b.ts', 'c.ts'], {})).toEqual([]);
  });
});
