// Bucket names, object keys and regions (operations reference §3.11, choices row 13 and §7).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBucketName, isBucketName } from '../../src/names/bucket-name.ts';
import { checkObjectKey, keyBytesMax, utf8Length } from '../../src/names/object-key.ts';
import { isRegionId, normalizeRegion, regionLocation } from '../../src/names/region.ts';

const refusal = (code: string, message?: string): unknown =>
  expect.objectContaining({ code, status: 400, ...(message === undefined ? {} : { message }) });

describe('bucket names', () => {
  test.each(['abc', 'examplebucket', '123', 'a-b', 'a--b', '0-0', 'a'.repeat(63), 'xn--abc'])(
    '%j',
    (name) => {
      expect(isBucketName(name)).toBe(true);
      expect(() => checkBucketName(name)).not.toThrow();
    },
  );

  // Security checklist 18 among others.
  test.each([
    '',
    'ab',
    'a'.repeat(64),
    '-abc',
    'abc-',
    'Abc',
    'a_c',
    'a.c',
    '1.2.3.4',
    'a c',
    'abc\n',
    'a/b',
    '..',
    'büro',
    '中文桶',
    'abc\0',
  ])('%j is none', (name) => {
    expect(isBucketName(name)).toBe(false);
    expect(() => checkBucketName(name)).toThrow(
      expect.objectContaining({
        code: 'InvalidBucketName',
        status: 400,
        ec: '0015-00000001',
        message: 'The specified bucket is not valid.',
        details: { BucketName: name },
      }),
    );
  });
});

describe('object keys', () => {
  test.each([
    'a',
    'a/b',
    'a//b/',
    '..',
    '../x',
    'a/../../b',
    '%2e%2e/x',
    '__proto__',
    ' ',
    'a\\b',
    '\x01\x0a\x0c\x07',
    '中文😀',
    '\ufeff',
    'a'.repeat(1023),
    '中'.repeat(341),
    `${'😀'.repeat(255)}abc`,
  ])('%j is stored as it is', (key) => {
    expect(() => checkObjectKey(key)).not.toThrow();
  });

  test.each([
    ['', 'The Object name can not be empty.'],
    ['/x', 'The specified object is not valid.'],
    ['\\x', 'The specified object is not valid.'],
    ['a\0b', 'The specified object is not valid.'],
    ['a'.repeat(1024), 'The Length of Object name must be less than 1024.'],
    [`${'中'.repeat(341)}a`, 'The Length of Object name must be less than 1024.'],
    ['😀'.repeat(256), 'The Length of Object name must be less than 1024.'],
    ['é'.repeat(512), 'The Length of Object name must be less than 1024.'],
  ])('%j is none', (key, message) => {
    expect(() => checkObjectKey(key)).toThrow(refusal('InvalidObjectName', message));
  });

  test.each(['\ud800', 'a\udc00', '\udc00\ud800', `/${'\ud800'}`])('%j is not Unicode', (key) => {
    expect(() => checkObjectKey(key)).toThrow(
      refusal('InvalidArgument', 'The characters encoding must be utf-8.'),
    );
  });

  test('an error repeats only what an XML document can hold', () => {
    for (const key of ['a\0b', `/${'😀'.repeat(300)}`, 'a\ud800', '中'.repeat(5_000)]) {
      try {
        checkObjectKey(key);
        expect.unreachable();
      } catch (error) {
        const shown = Object.values((error as { details: Record<string, string> }).details).join(
          '',
        );
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toContain('\0');
        expect(shown.length).toBeLessThan(200);
      }
    }
  });

  test('the limit is in bytes of UTF-8', () => {
    const unit = fc.constantFrom('a', 'é', '中', '😀');
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 1_100 }), (units) => {
        const key = units.join('');
        const bytes = new TextEncoder().encode(key).length;
        expect(utf8Length(key)).toBe(bytes);
        if (bytes <= keyBytesMax) expect(() => checkObjectKey(key)).not.toThrow();
        else expect(() => checkObjectKey(key)).toThrow(refusal('InvalidObjectName'));
      }),
    );
  });

  test('lengths of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe('regions', () => {
  test.each([
    'cn-hangzhou',
    'us-west-1',
    'ap-southeast-1',
    'cn-hangzhou-finance-1',
    'rg-china-mainland',
  ])('%s, also with oss- before it', (region) => {
    expect(isRegionId(region)).toBe(true);
    expect(normalizeRegion(region)).toBe(region);
    expect(normalizeRegion(`oss-${region}`)).toBe(region);
    expect(normalizeRegion(regionLocation(region))).toBe(region);
    // A signature takes the plain id only.
    expect(isRegionId(`oss-${region}`)).toBe(false);
  });

  test.each([
    '',
    'oss-',
    'hangzhou',
    'CN-hangzhou',
    'cn_hangzhou',
    'cn-',
    '-cn',
    'cn--hangzhou',
    'oss-oss-cn-hangzhou',
    'cn-hangzhou.aliyuncs.com',
    'oss-cn-hangzhou.aliyuncs.com',
    'oss-cn-hangzhou-internal',
    `cn-${'a'.repeat(70)}`,
    'cn-hangzhou\n',
  ])('%j is none', (text) => {
    expect(isRegionId(text)).toBe(false);
    expect(() => normalizeRegion(text)).toThrow(refusal('InvalidArgument'));
  });
});
