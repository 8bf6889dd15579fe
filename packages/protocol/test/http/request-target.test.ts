// Request targets are read once, literally (docs/ARCHITECTURE.md; security checklist 15, 16, 18).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePath } from '../../src/http/percent.ts';
import {
  formatQuery,
  formatRequestTarget,
  parseQuery,
  parseRequestTarget,
  queryParametersMax,
} from '../../src/http/request-target.ts';

test.each([
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/../x', '/../x'],
  ['/a/./b/../c', '/a/./b/../c'],
  ['/%2e%2e/x', '/%2e%2e/x'],
  ['//a//b', '//a//b'],
  ['/\\x', '/\\x'],
  ['/a;b=c', '/a;b=c'],
  ['/a%2Fb', '/a%2Fb'],
  ['/http://x/', '/http://x/'],
  ['*', '*'],
])('the path of %j stays %j', (raw, path) => {
  expect(parseRequestTarget(raw)).toEqual({ path, query: [], host: undefined });
});

test.each([
  // Operations reference §1.2: value-less keys arrive as `?acl` or `?acl=`.
  ['/k?acl', [['acl', undefined]]],
  ['/k?acl=', [['acl', '']]],
  ['/?', []],
  ['/?&&a&&', [['a', undefined]]],
  ['/?=x', [['', 'x']]],
  ['/?a=b=c', [['a', 'b=c']]],
  [
    '/?a=1&b&a=2',
    [
      ['a', '1'],
      ['b', undefined],
      ['a', '2'],
    ],
  ],
  ['/?a?b=/?', [['a?b', '/?']]],
  ['/?%61=%26%3D', [['a', '&=']]],
  ['/?+a=b+c', [[' a', 'b c']]],
  // Operations reference §2.2, the parameters of the V4 vectors.
  [
    '/?%2Bparam1=value3&%7Cparam2',
    [
      ['+param1', 'value3'],
      ['|param2', undefined],
    ],
  ],
  ['/?__proto__=1', [['__proto__', '1']]],
] as const)('the query of %j', (raw, query) => {
  expect(parseRequestTarget(raw).query).toEqual(query);
});

describe('absolute form', () => {
  test.each([
    ['http://h', 'h', '/'],
    ['http://h/', 'h', '/'],
    ['HTTP://Bucket.Example.com:6770/k', 'Bucket.Example.com:6770', '/k'],
    ['https://[::1]:6770/k', '[::1]:6770', '/k'],
    ['http://h?a', 'h', '/'],
    ['http://h//x/../y', 'h', '//x/../y'],
  ])('%j', (raw, host, path) => {
    expect(parseRequestTarget(raw)).toMatchObject({ host, path });
  });

  test.each(['http://', 'http:///k', 'http://u:p@h/', 'http://h:x/', 'http://h\\@g/', 'ftp://h/'])(
    '%j is refused',
    (raw) => {
      expect(() => parseRequestTarget(raw)).toThrow(
        expect.objectContaining({ code: 'InvalidArgument', closeConnection: true }),
      );
    },
  );
});

test.each([
  '',
  'k',
  '?a',
  'h:443',
  '**',
  '/a b',
  '/a#b',
  '/?a#',
  '/a\tb',
  '/a\r\nX: y',
  '/a\0b',
  '/a\x7f',
])('%j is refused and the connection closed', (raw) => {
  expect(() => parseRequestTarget(raw)).toThrow(
    expect.objectContaining({ code: 'InvalidArgument', status: 400, closeConnection: true }),
  );
});

test('a refusal never repeats the query, which may hold a signature', () => {
  try {
    parseRequestTarget('/k#?Signature=secret');
    expect.unreachable();
  } catch (error) {
    expect(JSON.stringify(error)).not.toContain('secret');
    expect((error as { details: object }).details).toEqual({
      ArgumentName: 'RequestTarget',
      ArgumentValue: '/k#',
    });
  }
});

test('the number of parameters is limited', () => {
  const of = (count: number): string => `/?${Array.from({ length: count }, () => 'a').join('&')}`;
  expect(parseRequestTarget(of(queryParametersMax)).query).toHaveLength(queryParametersMax);
  expect(() => parseRequestTarget(of(queryParametersMax + 1))).toThrow(
    expect.objectContaining({ code: 'InvalidRequest', status: 400 }),
  );
  // Empty items count too: none may be dropped unseen.
  expect(() => parseRequestTarget(`/?${'&'.repeat(queryParametersMax)}a`)).toThrow(
    expect.objectContaining({ code: 'InvalidRequest' }),
  );
});

const text = fc.string({ unit: 'binary', maxLength: 20 });
// An empty name without `=` has no form on the wire.
const pair = fc
  .tuple(text, fc.option(text, { nil: undefined }))
  .filter(([name, value]) => name !== '' || value !== undefined);

test('what is written is read back', () => {
  fc.assert(
    fc.property(text, fc.array(pair, { maxLength: 6 }), (key, query) => {
      const path = `/${encodePath(key)}`;
      const target = formatRequestTarget(path, query);
      expect(parseRequestTarget(target)).toEqual({ path, query, host: undefined });
      expect(parseQuery(formatQuery(query))).toEqual(query);
      expect(parseRequestTarget(`http://h:1${target}`)).toEqual({ path, query, host: 'h:1' });
    }),
  );
});

test('whatever arrives is read or refused with 400', () => {
  const bytes = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  });
  fc.assert(
    fc.property(bytes, (raw) => {
      try {
        expect(parseRequestTarget(`/${raw}`).path).toBe(`/${raw}`.split('?')[0]);
      } catch (error) {
        expect(error).toMatchObject({ status: 400, code: 'InvalidArgument' });
      }
    }),
    { numRuns: 500 },
  );
});
