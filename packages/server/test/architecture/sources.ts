// The sources of the house as trees: what each file imports and exports, how long its functions are, and
// what it keeps between calls. Read by the parser that Vite brings.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const root: string = fileURLToPath(new URL('../../../..', import.meta.url));

export interface Import {
  /** As written. */
  readonly target: string;
  /** Of what is imported, by the name it is exported under; `*` = all of it. */
  readonly names: readonly string[];
}

export interface Source {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Names of values, also what is passed on from other files by its name; types are documentation. */
  readonly exports: readonly string[];
  /** Of functions and methods: name and lines, braces included. */
  readonly functions: readonly { readonly name: string; readonly lines: number }[];
  /** Names of what the module keeps and changes between calls. */
  readonly state: readonly string[];
}

/** The parts of the tree that are looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** `name` is a folder of `packages`. */
export function sourcesOf(name: string): Source[] {
  const folder = join(root, 'packages', name, 'src');
  return globSync('**/*.ts', { cwd: folder })
    .sort()
    .map((file) => readSource(join(folder, file)));
}

export function readSource(file: string): Source {
  return parseSource(file, readFileSync(file, 'utf8'));
}

export function parseSource(file: string, text: string): Source {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const body = program.body as unknown as readonly Node[];
  const imports: Import[] = [];
  const functions: { name: string; lines: number }[] = [];
  const lineOf = lineCounter(text);
  walk(program as unknown as Node, undefined, (node, parent) => {
    const found = importOf(node);
    if (found !== undefined) imports.push(found);
    if (isFunction(node)) {
      const lines = lineOf(node.end) - lineOf(node.start) + 1;
      functions.push({ name: nameOfFunction(node, parent), lines });
    }
  });
  return {
    file,
    text,
    imports,
    exports: body.flatMap(exportedNames),
    functions,
    state: body.flatMap(stateOf),
  };
}

/** Where a relative import leads. */
export function targetOf({ file }: Pick<Source, 'file'>, target: string): string {
  return resolve(dirname(file), target);
}

function walk(
  node: Node,
  parent: Node | undefined,
  visit: (node: Node, parent: Node | undefined) => void,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, node, visit);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function importOf(node: Node): Import | undefined {
  const source = node['source'] as { readonly value?: unknown } | null | undefined;
  const target = source?.value;
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      if (typeof target !== 'string') return undefined;
      return { target, names: importedNames(node) };
    default:
      return undefined;
  }
}

function importedNames(node: Node): string[] {
  const specifiers = node['specifiers'] as readonly Node[] | undefined;
  if (specifiers === undefined) return ['*'];
  return specifiers.map((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return '*';
    const named = (specifier['imported'] ?? specifier['local']) as { readonly name?: string };
    return named.name ?? 'default';
  });
}

function exportedNames(node: Node): string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default'];
  if (node.type !== 'ExportNamedDeclaration' || node['exportKind'] === 'type') return [];
  const declaration = node['declaration'] as Node | null;
  if (declaration === null) {
    return (node['specifiers'] as readonly Node[])
      .filter(({ exportKind }) => exportKind !== 'type')
      .map(({ exported }) => (exported as { readonly name: string }).name);
  }
  const isType = declaration.type.startsWith('TS');
  return isType ? [] : namesDeclared(declaration);
}

function namesDeclared(declaration: Node): string[] {
  const declarations = declaration['declarations'] as readonly Node[] | undefined;
  const ids = declarations === undefined ? [declaration['id']] : declarations.map(({ id }) => id);
  return ids.flatMap((id) => {
    const { name } = (id ?? {}) as { readonly name?: string };
    return name === undefined ? [] : [name];
  });
}

function isFunction({ type, body }: Node): boolean {
  const types = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
  return types.includes(type) && isNode(body);
}

function nameOfFunction(node: Node, parent: Node | undefined): string {
  const own = node['id'] as { readonly name?: string } | null | undefined;
  const around = (parent?.['key'] ?? parent?.['id']) as { readonly name?: string } | undefined;
  return own?.name ?? around?.name ?? 'a function without a name';
}

function lineCounter(text: string): (at: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (at) => ends.filter((end) => end < at).length + 1;
}

/** Made once from nothing but what stands there: nobody fills them later, which their type also says. */
const filled = new Set(['Set', 'Map', 'WeakSet', 'WeakMap', 'Array']);
/** They keep nothing. */
const stateless = new Set(['RegExp', 'URL', 'TextEncoder', 'TextDecoder', 'Error', 'Uint8Array']);

/** `let`, and what is made by `new` or `[]` and can be changed. */
function stateOf(node: Node): string[] {
  const inner = node.type === 'ExportNamedDeclaration' ? node['declaration'] : node;
  const declaration = inner as Node | null;
  if (declaration?.type !== 'VariableDeclaration') return [];
  if (declaration['declare'] === true) return [];
  if (declaration['kind'] !== 'const') return namesDeclared(declaration);
  return (declaration['declarations'] as readonly Node[]).flatMap((each) => {
    const { name } = each['id'] as { readonly name?: string };
    return name !== undefined && keeps(each['init']) ? [name] : [];
  });
}

/** Functions whose result remembers something. */
const remembering = new Set(['rememberLast']);

function keeps(init: unknown): boolean {
  if (!isNode(init)) return false;
  if (init.type === 'CallExpression') {
    return remembering.has((init['callee'] as { readonly name?: string }).name ?? '');
  }
  if (init.type === 'ArrayExpression') return (init['elements'] as unknown[]).length === 0;
  if (init.type !== 'NewExpression') return false;
  const { name = '' } = init['callee'] as { readonly name?: string };
  const given = (init['arguments'] as unknown[]).length;
  return !stateless.has(name) && !(filled.has(name) && given > 0);
}
