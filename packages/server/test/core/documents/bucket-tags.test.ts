// Tags of a bucket: what they may be, and their stored bytes.
import type { Tag } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import {
  bucketDocumentIn,
  bucketDocumentRow,
} from '../../../src/core/documents/bucket-documents.ts';
import { checkBucketTags } from '../../../src/core/documents/bucket-tags.ts';

const bucketId = Buffer.from('0102030405060708', 'hex');
const tag = (key: string, value = ''): Tag => ({ key, value });
const many = (count: number): Tag[] => Array.from({ length: count }, (_, at) => tag(`key-${at}`));

test('are stored so', () => {
  const value = { tags: [tag('team', 'web'), tag('阶段')] };
  const { key, value: bytes } = bucketDocumentRow(bucketId, 'tags', value);
  expect(bytes.toString('hex')).toBe('0181a4746167739292a47465616da377656292a6e998b6e6aeb5a0');
  expect(bucketDocumentIn('tags', { key, stamp: 1n, value: bytes })).toEqual(value);
});

describe('are refused', () => {
  test.each<[string, Tag[], string]>([
    ['more than 20', many(21), 'TooManyTags'],
    ['a key twice', [tag('a', '1'), tag('b'), tag('a', '2')], 'RepeatedTags'],
    ['an empty key', [tag('')], 'InvalidTag'],
    ['a key of 65 bytes', [tag('k'.repeat(65))], 'InvalidTag'],
    ['a key of 66 bytes in 22 characters', [tag('名'.repeat(22))], 'InvalidTag'],
    ['a value of 129 bytes', [tag('k', 'v'.repeat(129))], 'InvalidTag'],
    ['a key of OSS', [tag('Aliyun-x')], 'InvalidArgument'],
    ['a key that is an address', [tag('https://example.com')], 'InvalidArgument'],
  ])('%s', (_what, tags, code) => {
    expect(() => checkBucketTags({ tags })).toThrow(expect.objectContaining({ code, status: 400 }));
  });

  test.each<[string, Tag[]]>([
    ['none', []],
    ['20', many(20)],
    ['at their longest', [tag('k'.repeat(64), 'v'.repeat(128))]],
    ['with what only values may have', [tag('k', '%@ 中文')]],
    ['that differ in case', [tag('a'), tag('A')]],
  ])('not: %s', (_what, tags) => {
    expect(() => checkBucketTags({ tags })).not.toThrow();
  });
});
