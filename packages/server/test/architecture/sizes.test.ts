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

const lastAnswer = 'the last answer of a pure function: most inputs are the one before';
/** State of modules, and why it is nobody's: what is kept is a pure fact, or the process has one. */
const allowedState: Readonly<Record<string, string>> = {
  'packages/protocol/src/checksum/combine-crc64.ts: zeroBytes':
    'a table of constants, filled as far as it was needed',
  'packages/protocol/src/checksum/crc64-javascript.ts: tables':
    'a table of constants, made when it is first needed',
  'packages/protocol/src/checksum/crc64.ts: fastest': 'WebAssembly or JavaScript, found out once',
  'packages/protocol/src/http/percent.ts: encodeLastPath': lastAnswer,
  'packages/protocol/src/signing/elements/request-headers.ts: noHeaders':
    'an empty map, read-only by type',
  'packages/protocol/src/signing/elements/scope.ts: last': lastAnswer,
  'packages/protocol/src/signing/elements/timestamp.ts: readLastIsoBasic': lastAnswer,
  'packages/protocol/src/signing/elements/timestamp.ts: lastSecond': lastAnswer,
  'packages/protocol/src/signing/elements/timestamp.ts: lastBasic': lastAnswer,
  'packages/protocol/src/signing/v4/canonical-query.ts: encodeCredential': lastAnswer,
  'packages/protocol/src/signing/v4/canonical-uri.ts: bucketHead': lastAnswer,
  'packages/protocol/src/signing/v4/parse-credential.ts: readLast': lastAnswer,
  'packages/protocol/src/signing/v4/presign.ts: last': lastAnswer,
  'packages/server/src/admin/request-metrics.ts: ofProcess':
    'what prom-client watches of a process it watches for good',
  'packages/server/src/core/keys/configuration-keys.ts: nul':
    'one byte, part of keys, never written to',
  'packages/server/src/core/records/tail.ts: packr': 'a codec without state of its own',
  'packages/server/src/core/records/version-row.ts: nullRandom':
    'zeros, the part of rows that are null versions, never written to',
  'packages/server/src/engines/embedded/metadata/lmdb-reader.ts: none':
    'an empty list, read-only by type',
  'packages/cli/src/arguments/filters.ts: places': 'the order of a command line; a process has one',
  'packages/cli/src/terminal/confirm.ts: answers': 'standard input; a process has one',
  'packages/cli/src/transfer/overwrite.ts: lastQuestion': 'the terminal; one question at a time',
};

/** Exports that no other source imports, and whom they are for. */
const allowedExports: Readonly<Record<string, string>> = {
  'server/src/boot/keys/credentials.ts: rootOwner': 'tests that look below the wire',
  'server/src/boot/settings/configuration.ts: configurationSchema':
    'the test that holds docs/configuration.md against it',
  'server/src/boot/settings/listen-address.ts: parseListen':
    'tests of what an address may look like',
  'server/src/core/access/credentials.ts: CredentialExistsError':
    'who embeds the store tells it from others',
  'server/src/core/jobs/sweep/dead-processes-sweep.ts: MetadataTooOldError':
    'who embeds the store tells it from others',
  'server/src/core/records/format.ts: NewerFormatError':
    'who embeds the store tells it from others',
  'server/src/core/records/sealed.ts: WrongMasterKeyError':
    'who embeds the store tells it from others',
  'server/src/core/keys/body-keys.ts: garbageEnqueuedMs': 'tests of how the queue is ordered',
  'server/src/engines/embedded/commit-socket/commit-client.ts: WriterLostError':
    'tests that tell a lost writer from a commit that it refused',
  'server/src/engines/embedded/metadata/lmdb-metadata.ts: LmdbMetadata':
    'the type of what tests of the engine open',
  'cli/src/transfer/meter.ts: progressLine': 'tests of the line that is drawn',
};

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
    'const a: Record<string, string> = {};',
    'const a = {} as Cache;',
    'const a = Buffer.alloc(8);',
    'const a = Buffer.allocUnsafe(size);',
    'const a = new Uint8Array(8);',
    "const a = new Set(['a']);",
    "const a: Map<string, number> = new Map([['a', 1]]);",
  ])('%s is found', (text) => {
    expect(moduleState('/base', [parseSource('/base/a.ts', text)], {})).toEqual(['a.ts: a']);
  });

  test.each([
    'static readonly a = new Pool(8);',
    'static readonly a: string[] = [];',
    'static readonly a: Record<string, string> = {};',
    'static a = 1;',
  ])('a class with %s is found', (field) => {
    const source = parseSource('/base/a.ts', `export class A { ${field} }`);
    expect(moduleState('/base', [source], {})).toEqual(['a.ts: A.a']);
  });

  test.each([
    "const a: ReadonlySet<string> = new Set(['a']);",
    'const a = /a/;',
    'const a = new RegExp("a");',
    "const a = ['b'];",
    "const a: ReadonlyMap<string, number> = new Map([['a', 1]]);",
    'const a = new Uint8Array(0);',
    'const a = new Uint8Array([1, 2]);',
    'const a = Buffer.alloc(0);',
    "const a = { b: 'c' };",
    "class A { static readonly a = 'b'; static of() { return new A(); } }",
    'class A { a = []; }',
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

  test('one that a file passes on and nobody takes from there is found', () => {
    const a = parseSource('/base/inner/a.ts', 'export const used = 1; export class ForTests {}');
    const passing = "export { ForTests, used } from './a.ts'; export { type T } from './a.ts';";
    const inner = parseSource('/base/inner/index.ts', passing);
    const b = parseSource(
      '/base/b.ts',
      "import { used } from './inner/index.ts'; export const entry = used;",
    );
    expect(unusedExports('/base', [a, inner, b], ['b.ts'], {})).toEqual([
      'inner/index.ts: ForTests',
    ]);
  });
});
