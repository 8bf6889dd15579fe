import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatOssUri,
  parseBucketUri,
  parseObjectUri,
  parseOssUri,
} from '../../src/arguments/oss-uri.ts';

test('splits bucket and key at the first slash and decodes nothing', () => {
  expect(parseOssUri('oss://b')).toEqual({ bucket: 'b', key: '' });
  expect(parseOssUri('oss://b/')).toEqual({ bucket: 'b', key: '' });
  expect(parseOssUri('oss://b/a/b c+%2F?x#y')).toEqual({ bucket: 'b', key: 'a/b c+%2F?x#y' });
  expect(parseOssUri('OSS://b//x')).toEqual({ bucket: 'b', key: '/x' });
});

const characters = fc.constantFrom(
  '/',
  '%',
  '2F',
  '+',
  ' ',
  '?',
  '#',
  ':',
  '中',
  '𝒳',
  '\0',
  '\\',
  'a',
);

test('any key survives being written and read', () => {
  fc.assert(
    fc.property(fc.string({ unit: characters, minLength: 1 }), (key) => {
      expect(parseOssUri(formatOssUri({ bucket: 'bucket', key }))).toEqual({
        bucket: 'bucket',
        key,
      });
    }),
  );
});

test('says what to write instead', () => {
  expect(() => parseOssUri('s3://b/k')).toThrow('"s3://b/k" is no OSS address');
  expect(() => parseOssUri('oss:///k')).toThrow('names no bucket');
  expect(() => parseObjectUri('oss://b')).toThrow('names a bucket, not an object');
  expect(() => parseBucketUri('oss://b/k')).toThrow('Write only the bucket: oss://b.');
  expect(parseBucketUri('oss://b/')).toBe('b');
});
