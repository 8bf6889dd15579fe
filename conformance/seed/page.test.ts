// The programs in page/ are the page's, to the letter, wherever the page is at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ProgramName, program, programFor, programs } from './support/page.ts';
import { root } from './support/toolchain.ts';

const names = Object.keys(programs) as ProgramName[];

/** A file of the page, or the folder it is in. */
const place = process.env['OSSKEEP_SEED_PAGE'] ?? join(root, '../shared/seed');

function page(): string | undefined {
  if (!existsSync(place)) return undefined;
  if (place.endsWith('.txt')) return readFileSync(place, 'utf8');
  const files = readdirSync(place).filter((file) => file.endsWith('.txt'));
  return files.map((file) => readFileSync(join(place, file), 'utf8')).join('\n');
}

test.for(names)("%s is the page's program", (name, { skip }) => {
  const text = page();
  if (text === undefined) return skip(`the page is not at ${place}`);
  expect(text.replaceAll('\r\n', '\n')).toContain(`\n${programs[name]}\n\n${program(name)}`);
});

const withoutUrl: readonly ProgramName[] = ['php', 'php-version', 'php-domain', 'android'];

test.each(names.filter((name) => !withoutUrl.includes(name)))('%s takes a URL', (name) => {
  const url = 'https://examplebucket.localhost/key?x-oss-signature=00';
  const changed = programFor(name, url).split('\n');
  const printed = program(name).split('\n');
  expect(changed.length).toBe(printed.length);
  const differing = changed.filter((line, index) => line !== printed[index]);
  expect(differing).toHaveLength(1);
  expect(differing[0]).toContain(`"${url}"`);
});

test('a URL that would end its literal is refused', () => {
  expect(() => programFor('node', 'https://h/"+process.exit()+"')).toThrow('cannot stand in');
});
