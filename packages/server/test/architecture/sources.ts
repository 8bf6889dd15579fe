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

/** Nobody changes them, where they are made of something and their type says that they are only read. */
const tables: ReadonlySet<string> = new Set(['Set', 'Map']);
/** Made once from nothing but what stands there. */
const filled: ReadonlySet<string> = new Set(['WeakSet', 'WeakMap', 'Array']);
/** They keep nothing. */
const stateless: ReadonlySet<string> = new Set([
  ...['RegExp', 'URL', 'TextEncoder', 'TextDecoder', 'Error'],
]);
/** Functions whose result remembers something. */
const remembering: ReadonlySet<string> = new Set(['rememberLast']);
/** Of Buffer: memory to write to. */
const memory: ReadonlySet<string> = new Set(['alloc', 'allocUnsafe', 'allocUnsafeSlow']);

/** `let`, and what is made by `new`, `[]` or `{}` and can be changed; of classes, what they keep themselves. */
function stateOf(node: Node): string[] {
  const isExported = /^Export(Named|Default)Declaration$/.test(node.type);
  const declaration = (isExported ? node['declaration'] : node) as Node | null;
  if (declaration === null || declaration['declare'] === true) return [];
  if (declaration.type === 'ClassDeclaration') return staticState(declaration);
  if (declaration.type !== 'VariableDeclaration') return [];
  if (declaration['kind'] !== 'const') return namesDeclared(declaration);
  return (declaration['declarations'] as readonly Node[]).flatMap((each) => {
    const id = each['id'] as Node & { readonly name?: string };
    return id.name !== undefined && keeps(each['init'], typeNameOf(id)) ? [id.name] : [];
  });
}

/** `Class.field`. */
function staticState({ id, body }: Node): string[] {
  const { name = 'default' } = (id ?? {}) as { readonly name?: string };
  return ((body as Node)['body'] as readonly Node[]).flatMap((field) => {
    if (field.type !== 'PropertyDefinition' || field['static'] !== true) return [];
    const isKept = field['readonly'] !== true || keeps(field['value'], typeNameOf(field));
    return isKept ? [`${name}.${(field['key'] as { readonly name?: string }).name}`] : [];
  });
}

/** `ReadonlySet` of `a: ReadonlySet<string>`. */
function typeNameOf({ typeAnnotation }: Node): string {
  const type = (typeAnnotation as Node | null | undefined)?.['typeAnnotation'] as Node | undefined;
  return (type?.['typeName'] as { readonly name?: string } | undefined)?.name ?? '';
}

function keeps(init: unknown, typeName: string): boolean {
  if (!isNode(init)) return false;
  switch (init.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return keeps(init['expression'], typeName);
    case 'ArrayExpression':
      return (init['elements'] as readonly unknown[]).length === 0;
    case 'ObjectExpression':
      return (init['properties'] as readonly unknown[]).length === 0;
    case 'CallExpression':
      return isRemembering(init);
    case 'NewExpression':
      return isMadeToChange(init, typeName);
    default:
      return false;
  }
}

function isRemembering(call: Node): boolean {
  const callee = call['callee'] as Node;
  if (callee.type !== 'MemberExpression') return remembering.has(nameOf(callee));
  const isMemory = nameOf(callee['object']) === 'Buffer' && memory.has(nameOf(callee['property']));
  return isMemory && !isNothing(argumentsOf(call)[0]);
}

function isMadeToChange(made: Node, typeName: string): boolean {
  const name = nameOf(made['callee']);
  const [first] = argumentsOf(made);
  if (name === 'Uint8Array') return !isNothing(first) && first?.type !== 'ArrayExpression';
  if (tables.has(name)) return first === undefined || !typeName.startsWith('Readonly');
  return !stateless.has(name) && !(filled.has(name) && first !== undefined);
}

function argumentsOf(call: Node): readonly Node[] {
  return call['arguments'] as readonly Node[];
}

function nameOf(node: unknown): string {
  return (node as { readonly name?: string }).name ?? '';
}

/** No size, or 0. */
function isNothing(size: Node | undefined): boolean {
  return size === undefined || size['value'] === 0;
}
