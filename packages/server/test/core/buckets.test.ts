// Buckets: creation rules, what is known of them and validated with each request, listing, deletion.
import { describe, expect, test } from 'vitest';
import { rowsOf } from './invariants.ts';
import {
  codeOf,
  createBucket,
  getBucket,
  openTestStore,
  owner,
  stranger,
  sweepAll,
} from './test-store.ts';

describe('creating', () => {
  test('a bucket has what it was created with, and defaults', async () => {
    const test = await openTestStore({ blockPublicAccess: true });
    expect(await test.store.buckets.create('plain', owner)).toEqual({ created: true });
    await test.store.buckets.create('special', owner, {
      storageClass: 'IA',
      dataRedundancyType: 'ZRS',
    });
    expect(await getBucket(test, 'plain')).toMatchObject({
      name: 'plain',
      owner,
      region: 'cn-hangzhou',
      createdMs: test.clock.now(),
      versioning: 'never',
      storageClass: 'Standard',
      dataRedundancyType: 'LRS',
      acl: 'private',
      blockPublicAccess: true,
    });
    expect(await getBucket(test, 'special')).toMatchObject({
      storageClass: 'IA',
      dataRedundancyType: 'ZRS',
    });
  });

  test('again by its owner: no change, or another ACL', async () => {
    const test = await openTestStore();
    const { guardStamp } = await createBucket(test);
    expect(await test.store.buckets.create('bucket', owner)).toEqual({ created: false });
    expect((await getBucket(test)).guardStamp).toBe(guardStamp);
    await test.store.buckets.create('bucket', owner, {
      acl: 'public-read',
      storageClass: 'Standard',
    });
    expect((await getBucket(test)).acl).toBe('public-read');
    await test.store.buckets.create('bucket', owner);
    expect((await getBucket(test)).acl).toBe('public-read');
  });

  test('refused: another owner, class or redundancy, a public ACL under the block', async () => {
    const test = await openTestStore({ blockPublicAccess: true });
    await createBucket(test);
    const create = (...args: Parameters<typeof test.store.buckets.create>) =>
      codeOf(test.store.buckets.create(...args));
    expect(await create('bucket', stranger)).toBe('BucketAlreadyExists');
    expect(await create('bucket', owner, { storageClass: 'IA' })).toBe('BucketAlreadyExists');
    expect(await create('bucket', owner, { dataRedundancyType: 'ZRS' })).toBe(
      'BucketAlreadyExists',
    );
    expect(await create('bucket', owner, { acl: 'public-read' })).toBe('AccessDenied');
    expect(await create('new', owner, { acl: 'public-read' })).toBe('AccessDenied');
    expect((await getBucket(test)).acl).toBe('private');
  });

  test('no more than allowed, also when asked for at once; deleting makes room', async () => {
    const test = await openTestStore({ bucketsPerOwnerMax: 5 });
    const names = Array.from({ length: 12 }, (_, index) => `bucket-${index}`);
    const codes = await Promise.all(
      names.map((name) => codeOf(test.store.buckets.create(name, owner))),
    );
    expect(codes.filter((code) => code === undefined).length).toBe(5);
    expect(codes.filter((code) => code === 'TooManyBuckets').length).toBe(7);
    expect(await codeOf(test.store.buckets.create('theirs', stranger))).toBeUndefined();
    await test.store.buckets.delete(await getBucket(test, 'bucket-0'));
    expect(await codeOf(test.store.buckets.create('bucket-11', owner))).toBeUndefined();
  });

  test('one of many racing owners wins', async () => {
    const test = await openTestStore();
    const owners = Array.from({ length: 16 }, (_, index) => ({ id: `${index}`, displayName: 'x' }));
    const codes = await Promise.all(
      owners.map((racer) => codeOf(test.store.buckets.create('bucket', racer))),
    );
    const winner = owners[codes.indexOf(undefined)];
    expect(codes.filter((code) => code === 'BucketAlreadyExists').length).toBe(15);
    expect((await getBucket(test)).owner).toEqual(winner);
  });
});

describe('finding', () => {
  test('a change is seen by the very next request, also one made by another process', async () => {
    const test = await openTestStore();
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    const find = async () => (await getBucket(other)).acl;
    await createBucket(test);
    expect(await find()).toBe('private');
    await test.store.documents.put(await getBucket(test), 'acl', { acl: 'public-read' });
    expect(await find()).toBe('public-read');
    await test.store.buckets.delete(await getBucket(test));
    expect(await codeOf(find())).toBe('NoSuchBucket');
    await createBucket(test);
    expect(await find()).toBe('private');
  });

  test('costs one look while it stays as it is', async () => {
    const test = await openTestStore();
    await createBucket(test);
    const bucket = await getBucket(test);
    const { metadata } = test;
    const read = metadata.read.bind(metadata);
    let looks = 0;
    metadata.read = async (query) => {
      looks += 1;
      const view = await read(query);
      // Of the account nothing is stored: that is known, and asked for, too.
      expect(view).toEqual({ rows: ['unchanged', null], ranges: [] });
      return view;
    };
    expect(await getBucket(test)).toBe(bucket);
    expect(looks).toBe(1);
  });
});

describe('settings', () => {
  test('public access block of one bucket beats the server default, both ways', async () => {
    const test = await openTestStore({ blockPublicAccess: true });
    await createBucket(test);
    expect(
      await codeOf(test.store.documents.put(await getBucket(test), 'acl', { acl: 'public-read' })),
    ).toBe('AccessDenied');
    await test.store.documents.put(await getBucket(test), 'publicAccessBlock', { enabled: false });
    await test.store.documents.put(await getBucket(test), 'acl', { acl: 'public-read' });
    expect(await getBucket(test)).toMatchObject({ acl: 'public-read', blockPublicAccess: false });
    await test.store.documents.put(await getBucket(test), 'publicAccessBlock', { enabled: true });
    expect((await getBucket(test)).blockPublicAccess).toBe(true);
  });

  test('on a bucket that is gone, or is another one now', async () => {
    const test = await openTestStore();
    const old = await createBucket(test);
    await test.store.buckets.delete(old);
    const { buckets, documents } = test.store;
    expect(await codeOf(documents.put(old, 'acl', { acl: 'private' }))).toBe('NoSuchBucket');
    await createBucket(test);
    expect(await codeOf(documents.put(old, 'acl', { acl: 'private' }))).toBe('NoSuchBucket');
    expect(await codeOf(buckets.setVersioning(old, 'enabled'))).toBe('NoSuchBucket');
    expect(await codeOf(buckets.delete(old))).toBe('NoSuchBucket');
  });
});

describe('deleting', () => {
  test('refused while an object, an older version or a marker is left', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test, 'bucket', 'enabled');
    const remove = () => codeOf(test.store.buckets.delete(bucket));
    const { versionId } = await test.store.objects.put(bucket, 'k', { body: Buffer.from('x') });
    expect(await remove()).toBe('BucketNotEmpty');
    const marker = await test.store.objects.delete(bucket, 'k');
    expect(await remove()).toBe('BucketNotEmpty');
    await test.store.objects.delete(bucket, 'k', versionId);
    expect(await remove()).toBe('BucketNotEmpty');
    await test.store.objects.delete(bucket, 'k', marker.versionId);
    expect(await remove()).toBeUndefined();
    expect(await remove()).toBe('NoSuchBucket');
  });

  test('leaves nothing behind after the sweep', async () => {
    const test = await openTestStore();
    await createBucket(test);
    await test.store.documents.put(await getBucket(test), 'publicAccessBlock', { enabled: true });
    await test.store.buckets.delete(await getBucket(test));
    await sweepAll(test);
    for (const letter of 'NWCG') expect(await rowsOf(test.metadata, letter)).toEqual([]);
  });

  test('is refused when an object comes after the look and before the commit', async () => {
    const test = await openTestStore();
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    const bucket = await createBucket(test);
    const commit = test.metadata.commit.bind(test.metadata);
    test.metadata.commit = async (given) => {
      test.metadata.commit = commit;
      await other.store.objects.put(bucket, 'k', { body: Buffer.from('x') });
      return commit(given);
    };
    expect(await codeOf(test.store.buckets.delete(bucket))).toBe('BucketNotEmpty');
    expect((await getBucket(test)).name).toBe('bucket');
  });

  test('never races a put into losing an object', async () => {
    for (let round = 0; round < 30; round += 1) {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      const [put, removed] = await Promise.all([
        codeOf(test.store.objects.put(bucket, 'k', { body: Buffer.alloc(round * 1000) })),
        codeOf(test.store.buckets.delete(bucket)),
      ]);
      expect([put, removed]).toEqual(
        put === undefined ? [undefined, 'BucketNotEmpty'] : ['NoSuchBucket', undefined],
      );
    }
  });
});

test('listing pages, prefixes and owners', async () => {
  const test = await openTestStore();
  const names = ['a', 'aa', 'ab', 'b', 'ba'].map((name) => `${name}-bucket`);
  for (const name of names) await test.store.buckets.create(name, owner);
  await test.store.buckets.create('theirs', stranger);
  const list = async (query: { prefix?: string; after?: string; limit: number }) => {
    const page = await test.store.buckets.list(owner.id, query);
    return [page.buckets.map(({ name }) => name).join(), page.isTruncated, page.next];
  };
  expect(await list({ limit: 100 })).toEqual([[...names].sort().join(), false, undefined]);
  expect(await list({ limit: 2 })).toEqual(['a-bucket,aa-bucket', true, 'aa-bucket']);
  expect(await list({ limit: 3, after: 'aa-bucket' })).toEqual([
    'ab-bucket,b-bucket,ba-bucket',
    false,
    undefined,
  ]);
  expect(await list({ limit: 9, prefix: 'a', after: 'aa' })).toEqual([
    'aa-bucket,ab-bucket',
    false,
    undefined,
  ]);
  expect(await list({ limit: 9, prefix: 'b', after: 'z' })).toEqual(['', false, undefined]);
  expect(await list({ limit: 9, prefix: 'b', after: 'a' })).toEqual([
    'b-bucket,ba-bucket',
    false,
    undefined,
  ]);
  expect((await test.store.buckets.list('12345678', { limit: 9 })).buckets).toEqual([]);
});
