// Makes the packages as they are published: builds, gathers what belongs into each, and packs them into
// .cache/packages (or the folder given). What is left over in a `dist` from sources that are gone does
// not get in, and neither does the condition that leads to the TypeScript sources: under node_modules
// Node refuses to run those.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const condition = 'osskeep-source';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Record<string, string>>>;
}

export interface Packed {
  readonly name: string;
  readonly file: string;
}

/** The manifest without the condition; everything else as it stands. */
export function publishedManifest(manifest: Manifest): Manifest {
  const exports = Object.entries(manifest.exports).map(([path, target]) => {
    if (typeof target === 'string') return [path, target];
    return [
      path,
      Object.fromEntries(Object.entries(target).filter(([name]) => name !== condition)),
    ];
  });
  return { ...manifest, exports: Object.fromEntries(exports) };
}

/** Files of a package: its sources, what the compiler made of each, and what says what it is. */
function filesOf(folder: string): string[] {
  const sources = globSync('src/**/*.ts', { cwd: folder });
  const built = sources.flatMap((source) => {
    const stem = source.replace(/^src/, 'dist').replace(/\.ts$/, '');
    return ['.js', '.js.map', '.d.ts', '.d.ts.map'].map((end) => stem + end);
  });
  return [...sources, ...built, ...globSync('bin/*.js', { cwd: folder }), 'README.md'];
}

/** Gathers one package and packs it with npm. */
function packOne(folder: string, stage: string, target: string): Packed {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const place = join(stage, relative(root, folder));
  for (const file of filesOf(folder)) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    cpSync(join(folder, file), join(place, file));
  }
  cpSync(join(root, 'LICENSE'), join(place, 'LICENSE'));
  const text = `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`;
  writeFileSync(join(place, 'package.json'), text);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
  const told = execFileSync('npm', args, {
    cwd: place,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  return { name: manifest.name, file: join(target, fileNameIn(told)) };
}

/** npm tells a list, or since version 12 an object by name. */
function fileNameIn(told: string): string {
  const all = Object.values(JSON.parse(told) as Record<string, { filename: string }>);
  const [first] = all;
  if (first === undefined) throw new Error('npm pack has packed nothing.');
  return first.filename.replace('@', '').replace('/', '-');
}

function build(): void {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Packs every workspace; gives the files in the order of the workspaces. */
export function packAll(target: string): Packed[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces: readonly string[];
  };
  build();
  mkdirSync(target, { recursive: true });
  const stage = mkdtempSync(join(tmpdir(), 'osskeep-pack-'));
  try {
    return workspaces.map((workspace) => packOne(join(root, workspace), stage, target));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = resolve(process.argv[2] ?? join(root, '.cache/packages'));
  for (const { name, file } of packAll(target)) console.log(`${name}  ${relative('.', file)}`);
}
