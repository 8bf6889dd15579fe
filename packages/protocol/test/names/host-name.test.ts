// Host names (operations reference §1.1).

import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extranetHost, intranetHost, isIpAddress, parseHost } from '../../src/names/host-name.ts';

describe('Host headers', () => {
  test.each([
    ['localhost', 'localhost', undefined],
    ['LocalHost:6770', 'localhost', 6770],
    ['bucket.oss-cn-hangzhou.aliyuncs.com', 'bucket.oss-cn-hangzhou.aliyuncs.com', undefined],
    ['example.com.', 'example.com', undefined],
    ['example.com.:80', 'example.com', 80],
    ['my_bucket.example.com', 'my_bucket.example.com', undefined],
    ['127.0.0.1:6770', '127.0.0.1', 6770],
    ['[::1]', '::1', undefined],
    ['[2001:DB8::1]:443', '2001:db8::1', 443],
    ['[::ffff:1.2.3.4]', '::ffff:1.2.3.4', undefined],
  ])('%j', (text, name, port) => {
    expect(parseHost(text)).toEqual({ name, port });
  });

  test.each([
    '',
    ':80',
    '.',
    'a..b',
    '.a',
    '-a.com',
    'a-.com',
    'a b',
    'a/b',
    'a@b',
    'a:b',
    'a:',
    'a:65536',
    'a:1:2',
    '::1',
    '[::1',
    '[::g]',
    '[1.2.3.4]',
    '[:::]',
    'a\0b',
    'bücher.example',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(127)}com`,
  ])('%j is none', (text) => {
    expect(parseHost(text)).toBeUndefined();
  });
});

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    'fe80::1:2',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:1.2.3.4',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4.',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '1::2:3:4:5:6:7:8',
    '1::2::3',
    ':1',
    '1:',
    ':::',
    '12345::',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1.2.3.256',
    '1.2.3.4::',
    'localhost',
    '',
  ])('%j, as the runtime judges it', (text) => {
    expect(isIpAddress(text)).toBe(isIP(text) !== 0);
  });

  test('any mixture, as the runtime judges it', () => {
    const piece = fc.constantFrom(':', '::', '1', 'ffff', '0', '1.2.3.4', '255.0.0.1', '.', 'g');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join('');
        expect(isIpAddress(text)).toBe(isIP(text) !== 0);
      }),
      { numRuns: 3_000 },
    );
  });
});

test('the names OSS gives a region', () => {
  // Operations reference §4.3.
  expect(extranetHost('cn-hangzhou')).toBe('oss-cn-hangzhou.aliyuncs.com');
  expect(intranetHost('cn-hangzhou')).toBe('oss-cn-hangzhou-internal.aliyuncs.com');
});
