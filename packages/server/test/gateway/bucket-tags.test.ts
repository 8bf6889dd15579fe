// Tags of a bucket over the wire: replaced as a whole, taken away one by one or all.
import { OssClient } from '@osskeep/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Osskeep, startOsskeep } from '../../src/index.ts';
import { fastPath } from '../support/fast-path.ts';

let server: Osskeep;
let client: OssClient;
const a = { key: 'a', value: '1' };
const b = { key: 'b', value: 'web & app' };
const c = { key: '阶段', value: '' };

beforeAll(async () => {
  server = await startOsskeep({ fastPath });
  const { endpoint, region, accessKeyId, accessKeySecret = '' } = server;
  const credentials = { accessKeyId, accessKeySecret };
  client = new OssClient({
    endpoint,
    region,
    bucket: 'tagged',
    credentials,
    retry: { attempts: 1 },
  });
  await client.putBucket();
});

afterAll(() => server.stop());

beforeEach(() => client.deleteBucketTags());

test('a bucket without any has an empty set', async () => {
  expect(await client.getBucketTags()).toEqual({ tags: [] });
  await client.deleteBucketTags();
});

test('a put replaces all of them, and keeps their order', async () => {
  await client.putBucketTags({ tags: [c, a] });
  expect(await client.getBucketTags()).toEqual({ tags: [c, a] });
  await client.putBucketTags({ tags: [b] });
  expect(await client.getBucketTags()).toEqual({ tags: [b] });
});

test('a delete takes those that it names, or all', async () => {
  await client.putBucketTags({ tags: [a, b, c] });
  await client.deleteBucketTags({ keys: ['a', 'missing', '阶段'] });
  expect(await client.getBucketTags()).toEqual({ tags: [b] });
  await client.deleteBucketTags({ keys: ['b'] });
  expect(await client.getBucketTags()).toEqual({ tags: [] });
  await client.putBucketTags({ tags: [a, b] });
  await client.deleteBucketTags();
  expect(await client.getBucketTags()).toEqual({ tags: [] });
});

test('what is refused changes nothing', async () => {
  await client.putBucketTags({ tags: [a] });
  const twice = client.putBucketTags({ tags: [b, b] });
  await expect(twice).rejects.toMatchObject({ code: 'RepeatedTags', status: 400 });
  expect(await client.getBucketTags()).toEqual({ tags: [a] });
});

test('white space is part of a key', async () => {
  const spaced = { key: ' a', value: '2' };
  await client.putBucketTags({ tags: [a, spaced] });
  await client.deleteBucketTags({ keys: [' a'] });
  expect(await client.getBucketTags()).toEqual({ tags: [a] });
  await client.deleteBucketTags({ keys: [' '] });
  expect(await client.getBucketTags()).toEqual({ tags: [a] });
});

test('two deletes at once take away both their tags', async () => {
  await client.putBucketTags({ tags: [a, b, c] });
  await Promise.all(['a', 'b'].map((key) => client.deleteBucketTags({ keys: [key] })));
  expect(await client.getBucketTags()).toEqual({ tags: [c] });
});
