// Host names (operations reference §1.1) and oss:// addresses (design §7).

import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extranetHost, intranetHost, isIpAddress, parseHost } from '../../src/names/host-name.ts';
import { formatOssUri, isOssUri, parseOssUri } from '../../src/names/oss-uri.ts';

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

describe('oss:// addresses', () => {
  test.each([
    ['oss://', {}],
    ['oss://examplebucket', { bucket: 'examplebucket' }],
    ['oss://examplebucket/', { bucket: 'examplebucket' }],
    ['OSS://examplebucket/k', { bucket: 'examplebucket', key: 'k' }],
    ['oss://examplebucket/a/b/', { bucket: 'examplebucket', key: 'a/b/' }],
    ['oss://examplebucket//a', { bucket: 'examplebucket', key: '/a' }],
    ['oss://examplebucket/a?b#c%20+', { bucket: 'examplebucket', key: 'a?b#c%20+' }],
    ['oss://examplebucket/../x', { bucket: 'examplebucket', key: '../x' }],
  ])('%j', (text, uri) => {
    expect(isOssUri(text)).toBe(true);
    expect(parseOssUri(text)).toEqual(uri);
  });

  test.each([
    '',
    'examplebucket/k',
    's3://examplebucket/k',
    'oss:/examplebucket',
    'oss://A/k',
    'oss:///k',
  ])('%j is none, and the error says how to write one', (text) => {
    expect(() => parseOssUri(text)).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        message: expect.stringContaining('oss://'),
      }),
    );
  });

  test('what is written is read back', () => {
    const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/);
    fc.assert(
      fc.property(bucket, fc.option(key, { nil: undefined }), (name, object) => {
        const uri = object === undefined ? { bucket: name } : { bucket: name, key: object };
        expect(parseOssUri(formatOssUri(uri))).toEqual(uri);
      }),
    );
    expect(formatOssUri({})).toBe('oss://');
  });
});
