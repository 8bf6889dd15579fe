// Holds the house's arrows: which room of a package may import which, and that no import cycle
// exists. Deny by default: a new room has to be written down here before anything may import it.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const importPattern = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(packageName: string): string[] {
  return globSync('src/**/*.ts', { cwd: join(root, 'packages', packageName) }).map((file) =>
    join(root, 'packages', packageName, file),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*).*$/gm, '');
  return [...text.matchAll(importPattern)].map(([, target]) => ({ file, target: target ?? '' }));
}

const packageArrows: Record<string, readonly string[]> = {
  protocol: [],
  client: ['@osskeep/protocol'],
  server: ['@osskeep/protocol'],
  cli: ['@osskeep/protocol', '@osskeep/client', '@osskeep/server'],
};

/** Room of the server → rooms it may import. */
const serverArrows: Record<string, readonly string[]> = {
  'core/ports': ['core/ports'],
  core: ['core', 'core/ports'],
  'engines/memory': ['engines/memory', 'engines', 'core/ports'],
  'engines/embedded': [
    'engines/embedded',
    'engines/embedded/commit-socket',
    'engines',
    'core/ports',
  ],
  'engines/embedded/commit-socket': [
    'engines/embedded/commit-socket',
    'engines/embedded',
    'core/ports',
  ],
  'engines/dns': ['core/ports'],
  engines: ['engines', 'core/ports'],
  gateway: ['gateway', 'core', 'core/ports'],
  admin: ['admin', 'gateway'],
  boot: [
    'boot',
    'boot/workers',
    'admin',
    'gateway',
    'core',
    'core/ports',
    'engines',
    'engines/memory',
    'engines/embedded',
    'engines/dns',
  ],
  'boot/workers': ['boot/workers', 'boot', 'admin', 'gateway', 'core', 'core/ports'],
  '.': ['.', 'boot', 'gateway', 'core', 'core/ports'],
};

function room(file: string): string {
  const path = relative(join(root, 'packages/server/src'), file);
  const rooms = Object.keys(serverArrows).filter((name) => path.startsWith(`${name}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? '.';
}

describe('arrows between packages', () => {
  test.each(Object.keys(packageArrows))('%s imports only what it may', (name) => {
    const files = sources(name);
    expect(files.length).toBeGreaterThan(1);
    const wrong = files
      .flatMap(importsOf)
      .filter(({ target }) => /^(@osskeep\/|osskeep)/.test(target))
      .filter(({ target }) => {
        const bare = target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/');
        return !(packageArrows[name] ?? []).includes(bare);
      });
    expect(wrong).toEqual([]);
  });

  test('no relative import leaves its package', () => {
    const wrong = Object.keys(packageArrows).flatMap((name) =>
      sources(name)
        .flatMap(importsOf)
        .filter(({ target }) => target.startsWith('.'))
        .filter(({ file, target }) => {
          const inside = relative(
            join(root, 'packages', name, 'src'),
            resolve(dirname(file), target),
          );
          return inside.startsWith('..');
        }),
    );
    expect(wrong).toEqual([]);
  });

  test('protocol and client name no Node built-in outside their node sub-path', () => {
    const wrong = ['protocol', 'client'].flatMap((name) =>
      sources(name)
        .filter((file) => !relative(join(root, 'packages', name), file).startsWith('src/node'))
        .flatMap(importsOf)
        .filter(({ target }) => target.startsWith('node:')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('arrows inside the server', () => {
  test('each room imports only the rooms it may', () => {
    const wrong = sources('server')
      .flatMap(importsOf)
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => [room(file), room(resolve(dirname(file), target)), file] as const)
      .filter(([from, to]) => !(serverArrows[from] ?? []).includes(to));
    expect(wrong).toEqual([]);
  });

  test('only the gateway and boot know HTTP', () => {
    const wrong = sources('server')
      .filter((file) => /^(core|engines)/.test(room(file)))
      .flatMap(importsOf)
      .filter(({ target }) => /^node:(http|https|http2|tls)$/.test(target));
    expect(wrong).toEqual([]);
  });
});

describe('cycles', () => {
  test.each(Object.keys(packageArrows))('%s has no import cycle', (name) => {
    const graph = new Map(
      sources(name).map((file) => [
        file,
        importsOf(file)
          .filter(({ target }) => target.startsWith('.'))
          .map(({ target }) => resolve(dirname(file), target)),
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

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    const at = path.indexOf(file);
    if (at !== -1) return [...path.slice(at), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
