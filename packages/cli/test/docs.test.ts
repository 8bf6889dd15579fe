// docs/cli.md: its commands run, and what JSON has is what it says.
import { spawn } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../src/program.ts';
import { Account } from './support/account.ts';
import { cleanEnvironment, entry, finish } from './support/command.ts';

const page = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
let account: Account;

beforeAll(async () => {
  account = await Account.start();
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
  await writeFile(account.path('osskeep'), shim);
  await chmod(account.path('osskeep'), 0o755);
});

afterAll(() => account?.[Symbol.asyncDispose]());

async function runBlock(text: string): Promise<string> {
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', text], {
    cwd: account.folder,
    env: { ...cleanEnvironment(account.env), PATH: `${account.folder}:${process.env['PATH']}` },
  });
  const done = await finish(child);
  expect(done.code, done.stderr).toBe(0);
  return done.stdout.toString();
}

/** The documented fields of a kind, of all commands that print it. */
function documentedFields(): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  for (const line of page.split('\n')) {
    const [, kind, , names = ''] = /^\| `(\w+)` \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    if (kind === undefined || kind === 'kind') continue;
    const known = fields.get(kind) ?? new Set(['kind']);
    for (const [, name = ''] of names.matchAll(/`(\w+)`/g)) known.add(name);
    if (kind === 'version') for (const name of fields.get('object') ?? []) known.add(name);
    fields.set(kind, known);
  }
  return fields;
}

test('every command of the page does what it says, from the first block to the last', async () => {
  expect(blocks.length).toBeGreaterThan(8);
  const fields = documentedFields();
  const seen = new Set<string>();
  for (const block of blocks) {
    const text = await runBlock(block);
    for (const line of text.split('\n').filter((one) => one.startsWith('{'))) {
      const { kind, ...rest } = JSON.parse(line) as { kind: string };
      seen.add(kind);
      const known = fields.get(kind);
      expect(known, kind).toBeDefined();
      for (const name of Object.keys(rest)) expect([...(known ?? [])], kind).toContain(name);
    }
  }
  expect([...seen].sort()).toEqual([...fields.keys()].sort());
}, 120_000);

test('every command and every flag has its place on the page', () => {
  const program = createProgram();
  const help = program.createHelp();
  for (const command of help.visibleCommands(program)) {
    if (command.name() === 'help') continue;
    expect(page).toContain(`\`${command.name()}\``);
    if (command.name() === 'serve') continue;
    for (const { long } of help.visibleOptions(command)) {
      // --language is only kept for ossutil.
      if (long == null || ['--help', '--language'].includes(long)) continue;
      expect(page, command.name()).toContain(long);
    }
  }
});
