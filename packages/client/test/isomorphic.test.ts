// The main entry runs where there is no Node: nothing that it reaches, here or in the protocol package,
// imports a built-in module. (The protocol finds node:crypto at run time, where there is one.)
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../..', import.meta.url));
const entries: Readonly<Record<string, string>> = {
  '@osskeep/client': join(packages, 'client/src/index.ts'),
  '@osskeep/protocol': join(packages, 'protocol/src/index.ts'),
};

const importPattern = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

function specifiers(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  return [...text.matchAll(importPattern)].map(([, target]) => target ?? '');
}

function graph(entry: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    const targets = specifiers(file);
    found.set(file, targets);
    for (const target of targets) {
      const next = target.startsWith('.') ? join(dirname(file), target) : entries[target];
      if (next === undefined) continue;
      expect(existsSync(next), `${relative(packages, file)} imports ${target}`).toBe(true);
      open.push(next);
    }
  }
  return found;
}

test('the main entry reaches no built-in module of Node', () => {
  const reached = graph(entries['@osskeep/client'] ?? '');
  const files = [...reached.keys()].map((file) => relative(packages, file));
  expect(files).toContain('client/src/sending/transport.ts');
  expect(files).toContain('protocol/src/signing/v4/presign.ts');
  expect(files.filter((file) => file.startsWith('client/src/node/'))).toEqual([]);
  const wrong = [...reached].flatMap(([file, targets]) =>
    targets.filter(isBuiltin).map((target) => `${relative(packages, file)} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('the check sees built-in modules where they are', () => {
  const reached = graph(join(packages, 'client/src/node/index.ts'));
  expect([...reached.values()].flat().filter(isBuiltin)).toContain('node:fs/promises');
});

test('no global of Node is used either', () => {
  const reached = [...graph(entries['@osskeep/client'] ?? '').keys()];
  const wrong = reached.filter((file) => {
    const code = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    return /(?<![.\w'])(?:Buffer|setImmediate|__dirname|require|process)(?=[.(])/.test(code);
  });
  expect(wrong.map((file) => relative(packages, file))).toEqual([]);
});
