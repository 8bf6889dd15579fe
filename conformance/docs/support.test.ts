// What a page's blocks are checked by: nothing may stand in it that is not.
import { expect, test } from 'vitest';
import { readPage } from './support/blocks.ts';
import { withSettings } from './support/settings.ts';

const page = (...lines: string[]): string => lines.join('\n');

test('a page in its order', () => {
  const text = page(
    '# Title',
    '```sh run needs=go,curl',
    'go version',
    '```',
    '## Below',
    '  ```ts file=a.ts',
    '  await 0;',
    '  ```',
    '<!-- a remark -->',
    '<!--: browser http://h/ name="A browser" -->',
    '```objc not-run="for a reason"',
    '```',
  );
  expect(readPage(text)).toMatchObject([
    { role: 'run', language: 'sh', text: 'go version\n', words: { needs: 'go,curl' }, line: 2 },
    { role: 'file', value: 'a.ts', text: 'await 0;\n', heading: 'Below' },
    { name: 'browser', value: 'http://h/', words: { name: 'A browser' }, line: 10 },
    { role: 'not-run', value: 'for a reason' },
  ]);
});

test.each([
  ['without a word', 'sh'],
  ['without a language', ''],
  ['with an unknown word', 'sh ru'],
  ['with two', 'sh run sign'],
  ['with a word twice', 'ts file=a.ts run'],
  ['with an unknown attribute', 'sh run need=go'],
])('a block %s is refused', (_, info) => {
  expect(() => readPage(page('```sh run', '```', `\`\`\`${info}`, '```'))).toThrow('line 3');
});

test('a block without end, and an unknown step, are refused', () => {
  expect(() => readPage('```sh run\ntrue\n')).toThrow('no end');
  expect(() => readPage('<!--: walk -->')).toThrow('no step walk');
});

test.each([
  ['TypeScript', "const versionId = ''; // one", "const versionId = 'v1'; // one"],
  ['Python', 'version_id = ""  # one', 'version_id = "v1"  # one'],
  ['Go', '\tversionID := "" // one', '\tversionID := "v1" // one'],
  ['Java', '  String versionId = "";', '  String versionId = "v1";'],
  ['PHP', "$versionId = '';", "$versionId = 'v1';"],
])('a setting of %s', (_, line, changed) => {
  const rest = 'if (versionId) request.versionId = versionId;';
  expect(withSettings(page(line, rest), { versionId: 'v1' })).toBe(page(changed, rest));
});

test('switches keep their spelling', () => {
  expect(withSettings('cname = False  # True: a domain', { cname: true })).toBe(
    'cname = True  # True: a domain',
  );
  expect(withSettings('\tcname := false // true', { cname: true })).toBe('\tcname := true // true');
});

test('a setting that is not there once, or would end its literal, is refused', () => {
  expect(() => withSettings('key = "a"', { cname: true })).toThrow('0 lines');
  expect(() => withSettings('key = "a"\nkey = "b"', { key: 'c' })).toThrow('2 lines');
  expect(() => withSettings('key = "a"', { key: 'a"b' })).toThrow('cannot stand');
});
