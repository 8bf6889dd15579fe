// Security checklist 47: a key never decides where outside the named folder a file is written.
import { basename, join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localName, localSegments } from '../../src/transfer/local-name.ts';

test('the last segment is the name', () => {
  expect(localName('a/b/photo 1+2 中文.jpg', 'linux')).toBe('photo 1+2 中文.jpg');
  expect(localName('..a', 'linux')).toBe('..a');
  expect(localName('__proto__', 'linux')).toBe('__proto__');
});

test.each([
  ['../x', '".."'],
  ['a/../x', '".."'],
  ['..', '".."'],
  ['a/..', '".."'],
  ['./x', '".."'],
  ['..\\x', '".."'],
  ['a\\..\\x', '".."'],
  ['/etc/passwd', 'absolute'],
  ['\\server\\share', 'absolute'],
  ['C:\\x', 'drive letter'],
  ['c:x', 'drive letter'],
  ['a\0b', 'NUL'],
  ['folder/', 'names no file'],
  ['x'.repeat(256), '255 bytes'],
])('refuses %j', (key, reason) => {
  expect(() => localName(key, 'linux')).toThrow(reason);
});

test.each(['a/x:y', 'a/CON', 'nul.txt', 'x.', 'x ', 'a\\b', 'COM1.log'])(
  'refuses %j on Windows only',
  (key) => {
    expect(() => localName(key, 'win32')).toThrow();
    expect(localName(key, 'linux')).not.toBe('');
  },
);

test('whatever the key, the path stays directly in the folder', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', 'a', '\0', 'C:', '~', '%2e', ' ', '中');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      let name: string;
      try {
        name = localName(pieces.join(''), 'linux');
      } catch {
        return;
      }
      const folder = resolve('/some/folder');
      expect(resolve(join(folder, name))).toBe(`${folder}/${name}`);
      expect(basename(name)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

test('below a prefix, every segment is a name', () => {
  expect(localSegments('a/b/c', '', 'linux')).toEqual(['a', 'b', 'c']);
  expect(localSegments('a/b/c', 'a/', 'linux')).toEqual(['b', 'c']);
  expect(localSegments('a/b/c', 'a/b', 'linux')).toEqual(['b', 'c']);
  expect(localSegments('a/b/', 'a/', 'linux')).toEqual(['b', '']);
  expect(localSegments('a/', 'a/', 'linux')).toEqual(['']);
  // What lies above the prefix was typed by the user.
  expect(localSegments('../a/b', '../a/', 'linux')).toEqual(['b']);
});

test.each(['../x', 'a/../x', 'a//b', '/x', 'C:x', 'a\\..\\b', 'a/./b', 'nul\0', 'x'.repeat(256)])(
  'refuses the key %j below a prefix',
  (key) => {
    expect(() => localSegments(`p/${key}`, 'p/', 'linux')).toThrow('gives no local name');
  },
);

test('whatever the key, the file lies in the folder', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'b/', '\0', 'C:', '~', '%2e', ' ', '中');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      let segments: string[];
      try {
        segments = localSegments(`p/${pieces.join('')}`, 'p/', 'linux');
      } catch {
        return;
      }
      expect(resolve(join('/some/folder', ...segments)).startsWith('/some/folder')).toBe(true);
      expect(segments.filter((name) => name === '..' || name === '.')).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
