// What the reporter of skipped tests holds against a run: Vitest runs made-up tests in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { because } from '../../../../testing/skips.ts';

const atRoot = (path: string): string =>
  fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'osskeep-skips-'));

afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function runOf(source: string, ...options: string[]): Run {
  // Nothing resolves from there: Vitest puts its functions into the global scope.
  writeFileSync(join(folder, 'vitest.config.js'), 'export default { test: { globals: true } };');
  writeFileSync(join(folder, 'made.test.js'), `test('runs', () => {});\n${source}`);
  const reporter = `--reporter=${atRoot('testing/skip-reporter.ts')}`;
  const words = [atRoot('node_modules/vitest/vitest.mjs'), 'run', '--root', folder, reporter];
  const child = spawnSync(process.execPath, [...words, ...options], { encoding: 'utf8' });
  return { status: child.status, output: child.stdout + child.stderr };
}

test('a skip without a reason fails the run', () => {
  const { status, output } = runOf("test.skip('left out', () => {});");
  expect(output).toContain('1 × no reason given (made.test.js)');
  expect(output).toContain('A skipped test says why');
  expect(status).toBe(1);
});

test('one with a reason is printed with it, also where the suite or the test itself says so', () => {
  const { status, output } = runOf(`
    test.skip('a${because('no disk')}', () => {});
    describe.skip('b${because('no network')}', () => { test('c', () => {}); test('d', () => {}); });
    test('e', ({ skip }) => skip('no time'));
  `);
  for (const line of ['1 × no disk', '2 × no network', '1 × no time']) {
    expect(output).toContain(`${line} (made.test.js)`);
  }
  expect(output).not.toContain('no reason given');
  expect(status).toBe(0);
});

test('what a name to look for leaves out needs none, what it names does', () => {
  const source = "test('other', () => {}); test.skip('left out', () => {});";
  const exempt = runOf(source, '-t', 'runs');
  expect(exempt.output).not.toContain('Skipped, and why');
  expect(exempt.status).toBe(0);
  const named = runOf(source, '-t', 'left out');
  expect(named.output).toContain('1 × no reason given');
  expect(named.status).toBe(1);
});
