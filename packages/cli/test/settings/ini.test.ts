import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookUp, readIni, writeIni } from '../../src/settings/ini.ts';

test('reads what ossutil 1 and 2 write', () => {
  const text = `\ufeff# a comment
[Credentials]
    endpoint = oss-cn-hangzhou.aliyuncs.com
    accessKeyID=one
; another
[profile  Dev]
access_key_id = "two = 2"
access-key-secret = 'quoted # no comment'
region=
not a pair
`;
  const sections = readIni(text.replaceAll('\n', '\r\n'));
  expect([...sections.keys()]).toEqual(['credentials', 'profile dev']);
  const dev = sections.get('profile dev') ?? new Map();
  expect(lookUp(dev, ['accesskeyid'])).toBe('two = 2');
  expect(lookUp(dev, ['accesskeysecret'])).toBe('quoted # no comment');
  expect(lookUp(dev, ['region'])).toBeUndefined();
  expect(lookUp(sections.get('credentials') ?? new Map(), ['accessid', 'accesskeyid'])).toBe('one');
});

test('a repeated name or section: the last one counts, in reading and in writing', () => {
  const text = '[default]\nregion = a\nregion = b\n[other]\nx = y\n[default]\nregion = c\n';
  expect(lookUp(readIni(text).get('default') ?? new Map(), ['region'])).toBe('c');
  const written = writeIni(text, 'default', { region: 'd' });
  expect(lookUp(readIni(written).get('default') ?? new Map(), ['region'])).toBe('d');
});

test('writing keeps every other line, spellings and line ends', () => {
  const text =
    '# mine\r\n[default]\r\nregion = a\r\n\r\n[profile x]\r\naccess_key_id = old\r\n# end\r\n';
  expect(writeIni(text, 'profile x', { accessKeyID: 'new', endpoint: 'e' })).toBe(
    '# mine\r\n[default]\r\nregion = a\r\n\r\n[profile x]\r\naccess_key_id = new\r\n# end\r\nendpoint = e\r\n',
  );
  expect(writeIni(text, 'default', { endpoint: 'e' })).toContain(
    'region = a\r\nendpoint = e\r\n\r\n[',
  );
  expect(writeIni('', 'default', { region: 'a' })).toBe('[default]\nregion = a\n');
  expect(writeIni('[a]\nb = c', 'default', { region: 'a' })).toBe(
    '[a]\nb = c\n\n[default]\nregion = a\n',
  );
});

test('what was written is read again, and nothing else changes', () => {
  const name = fc.constantFrom('region', 'endpoint', 'accessKeyID', 'stsToken');
  const value = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })
    .filter((text) => text.trim() === text && !/^["'].*["']$/.test(text));
  const section = fc.constantFrom('default', 'profile a', 'profile b', 'credentials');
  const change = fc.tuple(section, fc.dictionary(name, value, { minKeys: 1 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const expected = new Map<string, Record<string, string>>();
      let text = '';
      for (const [where, values] of changes) {
        text = writeIni(text, where, values);
        expected.set(where, { ...expected.get(where), ...values });
      }
      const found = readIni(text);
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [where, values] of expected) {
        expect(Object.fromEntries(found.get(where) ?? [])).toEqual({ ...values });
      }
    }),
  );
});
