// Custom domains: the names that can be bound (RFC 1123 §2.1).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDomainName, parseHost } from '../../src/names/index.ts';

describe('a custom domain', () => {
  test.each([
    'img.example.com',
    'example.com',
    'a.bc',
    '1.example.com',
    'xn--fsq.xn--0zwm56d',
    'a-b.example.com',
    `${'a'.repeat(63)}.example.com`,
    `${'a.'.repeat(125)}com`,
  ])('%s', (name) => {
    expect(isDomainName(name)).toBe(true);
  });

  test.each([
    '',
    'com',
    'localhost',
    'a.b',
    '.example.com',
    'example.com.',
    'a..com',
    '-a.com',
    'a-.com',
    'a_b.com',
    'a b.com',
    'A.com',
    '中.com',
    '127.0.0.1',
    '1.2',
    '::1.com',
    'example.com:80',
    'example.com\n',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(126)}com`,
  ])('%j is none', (name) => {
    expect(isDomainName(name)).toBe(false);
  });

  test('comes back from a Host header as it was', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const name = [...labels, 'test'].join('.');
        expect(isDomainName(name)).toBe(name.length >= 4);
        expect(parseHost(`${name}:443`)?.name).toBe(name);
      }),
    );
  });
});
