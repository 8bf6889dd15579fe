// The configuration documents of buckets: their stored bytes, and how they are put, removed and changed.
import { describe, expect, test } from 'vitest';
import {
  type BucketDocument,
  type BucketDocumentName,
  bucketDocumentIn,
  bucketDocumentRow,
} from '../../../src/core/documents/bucket-documents.ts';
import { bucketDocumentKey, bucketGuardKey } from '../../../src/core/keys/configuration-keys.ts';
import type { Key, Metadata, Row } from '../../../src/core/ports/metadata.ts';
import { readRow } from '../../../src/core/ports/read-rows.ts';
import { encodeBucketGuard } from '../../../src/core/records/bucket-guard.ts';
import { BrokenRecordError, NewerFormatError } from '../../../src/core/records/format.ts';
import { codeOf, createBucket, getBucket, openTestStore, owner } from '../test-store.ts';

const bucketId = Buffer.from('0102030405060708', 'hex');
const corsRule = { allowedHeaders: [], exposeHeaders: [] };

/** With the bytes that the first version of the format wrote; what came later has a test of its own. */
const stored: { readonly [Name in BucketDocumentName]?: [BucketDocument<Name>, string][] } = {
  info: [
    [
      { createdMs: 1_767_323_045_000, storageClass: 'IA', dataRedundancyType: 'ZRS' },
      '0183a9637265617465644d73cb4279b7ca98c88000ac73746f72616765436c617373a24941b264617461526564756e64616e637954797065a35a5253',
    ],
  ],
  acl: [[{ acl: 'public-read' }, '0181a361636cab7075626c69632d72656164']],
  publicAccessBlock: [[{ enabled: true }, '0181a7656e61626c6564c3']],
  cors: [
    [
      {
        rules: [
          {
            allowedOrigins: ['https://a.test', '*'],
            allowedMethods: ['GET', 'PUT'],
            allowedHeaders: ['x-oss-*'],
            exposeHeaders: ['ETag'],
            maxAgeSeconds: 600,
          },
          { ...corsRule, allowedOrigins: ['https://名.test'], allowedMethods: ['HEAD'] },
        ],
        responseVary: true,
      },
      '0182a572756c6573929592ae68747470733a2f2f612e74657374a12a92a3474554a350555491a7782d6f73732d2a91a445546167cd02589591b068747470733a2f2fe5908d2e7465737491a4484541449090c0ac726573706f6e736556617279c3',
    ],
    [
      {
        rules: [{ ...corsRule, allowedOrigins: ['*'], allowedMethods: ['GET'] }],
        responseVary: false,
      },
      '0182a572756c6573919591a12a91a34745549090c0ac726573706f6e736556617279c2',
    ],
  ],
  cname: [
    [
      { domains: ['www.example.com', 'img.example.com'] },
      '0181a7646f6d61696e7392af7777772e6578616d706c652e636f6daf696d672e6578616d706c652e636f6d',
    ],
  ],
  cnameTokens: [
    [
      {
        tokens: [
          { domain: 'www.example.com', token: '0123456789abcdef', expiresMs: 1_767_582_245_000 },
        ],
      },
      '0181a6746f6b656e739193af7777772e6578616d706c652e636f6db030313233343536373839616263646566cb4279b8c1ca088000',
    ],
  ],
};

const rows = (Object.keys(stored) as BucketDocumentName[]).flatMap((name) =>
  (stored[name] ?? []).map(([value, hex]) => ({ name, value, hex })),
);

function rowWith(value: Buffer): Row {
  return { key: Buffer.of(1), stamp: 1n, value };
}

async function put(metadata: Metadata, key: Key, value: Buffer): Promise<void> {
  expect(await metadata.commit({ set: [{ key, value }] })).toMatchObject({ ok: true });
}

describe('stored bytes', () => {
  test.each(rows)('$name: written as ever, and read back', ({ name, value, hex }) => {
    const row = bucketDocumentRow(bucketId, name, value);
    expect(row.key).toEqual(bucketDocumentKey(bucketId, name));
    expect(row.value.toString('hex')).toBe(hex);
    expect(bucketDocumentIn(name, rowWith(Buffer.from(hex, 'hex')))).toEqual(value);
  });

  test.each([
    ['a newer format', '02', NewerFormatError],
    ['no fields', '0180', BrokenRecordError],
    ['a field of another kind', '0181a361636c01', BrokenRecordError],
    ['a word that is none', '0181a361636ca37a7a7a', BrokenRecordError],
    ['a field that nobody knows', '0182a361636ca770726976617465a17801', BrokenRecordError],
  ])('%s is refused', (_what, hex, error) => {
    expect(() => bucketDocumentIn('acl', rowWith(Buffer.from(hex, 'hex')))).toThrow(error);
  });

  test.each([
    ['a list in the place of a list of lists', '0181a6746f6b656e7391a161'],
    ['a field too many', '0181a6746f6b656e739194a161a16201c0'],
    ['a field too few', '0181a6746f6b656e739192a161a162'],
    ['a fraction', '0181a6746f6b656e739193a161a162cb3ff8000000000000'],
  ])('a token with %s is refused', (_what, hex) => {
    expect(() => bucketDocumentIn('cnameTokens', rowWith(Buffer.from(hex, 'hex')))).toThrow(
      BrokenRecordError,
    );
  });

  test('a bucket that the first version wrote is what it was', async () => {
    const { store, metadata } = await openTestStore();
    const guard = { bucketId, versioning: 'enabled' as const, owner, region: 'cn-hangzhou' };
    await put(metadata, bucketGuardKey('bucket'), encodeBucketGuard(guard));
    for (const { name, hex } of rows) {
      await put(metadata, bucketDocumentKey(bucketId, name), Buffer.from(hex, 'hex'));
    }
    const bucket = await getBucket({ store });
    expect(bucket).toMatchObject({
      ...{ createdMs: 1_767_323_045_000, storageClass: 'IA', dataRedundancyType: 'ZRS' },
      ...{ id: bucketId, owner, versioning: 'enabled', acl: 'public-read' },
      ...{ blockPublicAccess: true, ownPublicAccessBlock: true },
    });
    for (const name of Object.keys(stored) as BucketDocumentName[]) {
      expect(await store.documents.get(bucket, name)).toEqual(stored[name]?.at(-1)?.[0]);
    }
    await store.documents.put(bucket, 'publicAccessBlock', { enabled: false });
    expect(await getBucket({ store })).toMatchObject({ blockPublicAccess: false });
  });
});

describe('changes', () => {
  const domains = { domains: ['www.example.com'] };

  test('put, get, remove: those read with the bucket and those read when asked', async () => {
    const { store } = await openTestStore();
    const { documents } = store;
    const [[cors]] = stored.cors as [[BucketDocument<'cors'>, string]];
    await createBucket({ store });
    for (const [name, value] of [
      ['cors', cors],
      ['cname', domains],
    ] as const) {
      const get = async () => documents.get(await getBucket({ store }), name);
      expect(await get()).toBeUndefined();
      await documents.put(await getBucket({ store }), name, value);
      expect(await get()).toEqual(value);
      await documents.remove(await getBucket({ store }), name);
      expect(await get()).toBeUndefined();
      await documents.remove(await getBucket({ store }), name);
    }
  });

  test('each gives the guard a new stamp and leaves what it says', async () => {
    const { store, metadata } = await openTestStore();
    const bucket = await createBucket({ store });
    const guard = async () => (await readRow(metadata, bucket.guardKey)) as Row;
    const changes = [
      () => store.documents.put(bucket, 'cname', domains),
      () => store.documents.put(bucket, 'acl', { acl: 'public-read' }),
      () => store.documents.remove(bucket, 'cname'),
      () => store.cnames.createToken(bucket, 'www.example.com'),
      () => store.cnames.bind(bucket, { domain: 'www.example.com', isVouchedFor: true }),
      () => store.cnames.unbind(bucket, 'www.example.com'),
      () => store.buckets.create('bucket', owner, { acl: 'private' }),
    ];
    for (const change of changes) {
      const before = await guard();
      await change();
      const after = await guard();
      expect(after.stamp).not.toBe(before.stamp);
      expect(after.value).toEqual(before.value);
    }
    // What changes nothing commits nothing.
    await store.documents.remove(bucket, 'cname');
    const before = await guard();
    await store.documents.remove(bucket, 'cname');
    await store.cnames.createToken(bucket, 'www.example.com');
    expect(await guard()).toEqual(before);
  });

  test('a document is refused by its own check', async () => {
    const { store } = await openTestStore({ blockPublicAccess: true });
    const bucket = await createBucket({ store });
    const acl = { acl: 'public-read-write' } as const;
    expect(await codeOf(store.documents.put(bucket, 'acl', acl))).toBe('AccessDenied');
    const rules = [{ ...corsRule, allowedOrigins: ['**'], allowedMethods: ['GET' as const] }];
    expect(await codeOf(store.documents.put(bucket, 'cors', { rules }))).toBe('InvalidArgument');
    expect((await getBucket({ store })).documents).toMatchObject({ acl: { acl: 'private' } });
  });

  test('of many at once, none is lost', async () => {
    const test = await openTestStore();
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    const bucket = await createBucket(test);
    const add = ({ store }: typeof test, domain: string) =>
      store.documents.change(bucket, 'cname', (from) => ({
        to: { domains: [...(from?.domains ?? []), domain] },
        answer: domain,
      }));
    const names = Array.from({ length: 20 }, (_, at) => `d${at}.test`);
    await Promise.all(names.map((name, at) => add(at % 2 === 0 ? test : other, name)));
    const all = await test.store.documents.get(bucket, 'cname');
    expect([...(all?.domains ?? [])].sort()).toEqual([...names].sort());
  });

  test('none is written into a bucket that is deleted at that moment', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const commit = test.metadata.commit.bind(test.metadata);
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    test.metadata.commit = async (given) => {
      test.metadata.commit = commit;
      await other.store.buckets.delete(bucket);
      return commit(given);
    };
    expect(await codeOf(test.store.documents.put(bucket, 'cname', domains))).toBe('NoSuchBucket');
    expect(await test.store.documents.get(bucket, 'cname')).toBeUndefined();
  });

  test('one that comes while the bucket is deleted goes with it, and leaves no domain', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const commit = test.metadata.commit.bind(test.metadata);
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    test.metadata.commit = async (given) => {
      test.metadata.commit = commit;
      await other.store.cnames.bind(bucket, { domain: 'www.example.com', isVouchedFor: true });
      return commit(given);
    };
    await test.store.buckets.delete(bucket);
    expect(await test.store.documents.get(bucket, 'cname')).toBeUndefined();
    expect(await test.store.cnames.isBound('www.example.com')).toBe(false);
  });
});

test('listing reads of each bucket its guard and its info, and nothing else', async () => {
  const { store, metadata } = await openTestStore();
  for (const name of ['one-bucket', 'two-bucket']) await createBucket({ store }, name);
  let keys = 0;
  const read = metadata.read.bind(metadata);
  metadata.read = (query) => {
    keys += query.keys?.length ?? 0;
    return read(query);
  };
  const { buckets } = await store.buckets.list(owner.id, { limit: 10 });
  expect(buckets.map(({ name }) => name)).toEqual(['one-bucket', 'two-bucket']);
  expect(keys).toBe(4);
});
