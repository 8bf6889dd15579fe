// Putting, reading and deleting objects in a bucket without versioning.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PutObject } from '../../src/core/objects/put-object.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { checkInvariants, rowsOf } from './invariants.ts';
import { engineNames, opener } from './machine.ts';
import {
  allBlobs,
  chunked,
  codeOf,
  contentOf,
  createBucket,
  getBucket,
  hostileKeys,
  readAll,
  sweepAll,
} from './test-store.ts';

describe.each(engineNames)('over %s', (engine) => {
  const openTestStore = opener(engine);

  const inlineMax = new MemoryMetadata().inlineBytesMax - inlineBodyOverhead;
  const sizes = [
    0,
    1,
    inlineMax - 1,
    inlineMax,
    inlineMax + 1,
    64 * 1024,
    64 * 1024 + 1,
    1024 * 1024,
    3 * 1024 * 1024 + 7,
  ];

  function bytesOf(size: number): Buffer {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
    return bytes;
  }

  function md5Of(bytes: Uint8Array): Buffer {
    return createHash('md5').update(bytes).digest();
  }

  describe.each(sizes)('a body of %i bytes', (size) => {
    const bytes = bytesOf(size);

    test.each([
      ['at once', () => bytes, true],
      ['in chunks of 1,000', () => chunked(bytes, 1000), true],
      ['in one chunk, unannounced', () => chunked(bytes, size + 1), false],
    ])('%s', async (_how, body, isAnnounced) => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      const put = await test.store.objects.put(bucket, 'key', {
        body: body(),
        length: isAnnounced ? size : undefined,
        contentMd5: md5Of(bytes),
      });
      expect(put.etag).toBe(md5Of(bytes).toString('hex').toUpperCase());
      expect(put.versionId).toBeUndefined();
      const object = await test.store.objects.get(bucket, 'key');
      expect(object).toMatchObject({ size, etag: put.etag, crc64: put.crc64, type: 'Normal' });
      expect(await contentOf(test, bucket, 'key')).toEqual(bytes);
      expect((await allBlobs(test.blobs)).length).toBe(size > inlineMax ? 1 : 0);
      for (const [from, to] of [
        [0, Math.min(1, size)],
        [size >> 1, size],
        [size >> 2, size >> 1],
        [size, size],
      ] as const) {
        const part = await readAll(await test.store.objects.read(object, from, to));
        expect(part.equals(bytes.subarray(from, to))).toBe(true);
      }
      await checkInvariants(test.metadata, test.blobs, [test.epoch]);
    });

    test('is gone without a trace after delete and sweep', async () => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      await test.store.objects.put(bucket, 'key', { body: bytes });
      await test.store.objects.put(bucket, 'key', { body: bytes });
      await test.store.objects.delete(bucket, 'key');
      expect(await codeOf(test.store.objects.get(bucket, 'key'))).toBe('NoSuchKey');
      await sweepAll(test);
      expect(await allBlobs(test.blobs)).toEqual([]);
      for (const letter of 'ODGMV') expect(await rowsOf(test.metadata, letter)).toEqual([]);
    });
  });

  test('CRC-64 is the one that OSS documents', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const put = await test.store.objects.put(bucket, 'k', { body: Buffer.from('123456789') });
    expect(put.crc64).toBe(11051210869376104954n);
  });

  test.each(hostileKeys)('key %j is stored literally', async (key) => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    await test.store.objects.put(bucket, key, { body: Buffer.from(key) });
    await test.store.objects.put(bucket, `other${key}`.slice(0, 300), { body: Buffer.from('x') });
    expect((await contentOf(test, bucket, key)).toString()).toBe(key);
    const { objects } = await test.store.objects.list(bucket, { prefix: key, limit: 1 });
    expect(objects.map((object) => object.key)).toEqual([key]);
    await test.store.objects.delete(bucket, key);
    expect(await codeOf(test.store.objects.get(bucket, key))).toBe('NoSuchKey');
  });

  test.each([
    ['', 'InvalidObjectName'],
    ['/a', 'InvalidObjectName'],
    ['\\a', 'InvalidObjectName'],
    ['a\0b', 'InvalidObjectName'],
    ['x'.repeat(1024), 'InvalidObjectName'],
    ['中'.repeat(342), 'InvalidObjectName'],
    ['\ud800', 'InvalidArgument'],
  ])('key %j is refused', async (key, code) => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    expect(await codeOf(test.store.objects.put(bucket, key, { body: Buffer.alloc(1) }))).toBe(code);
    expect(await codeOf(test.store.objects.get(bucket, key))).toBe(code);
    expect(await codeOf(test.store.objects.delete(bucket, key))).toBe(code);
  });

  test('headers, user metadata, ACL and class come back as they were', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const headers = new Map([
      ['content-type', 'text/plain'],
      ['expires', '1000000'],
    ]);
    const metadata = new Map([
      ['__proto__', 'polluted'],
      ['café', 'naïve ÿ'],
    ]);
    await test.store.objects.put(bucket, 'k', {
      body: Buffer.from('x'),
      headers,
      metadata,
      acl: 'public-read',
      storageClass: 'IA',
    });
    const object = await test.store.objects.get(bucket, 'k');
    expect(object.headers).toEqual(headers);
    expect(object.metadata).toEqual(metadata);
    expect(object).toMatchObject({ acl: 'public-read', storageClass: 'IA', isLatest: true });
    expect(object.mtimeMs).toBe(test.clock.now());
    await test.store.objects.put(bucket, 'k', { body: Buffer.from('y'), headers: { a: 'b' } });
    const again = await test.store.objects.get(bucket, 'k');
    expect([...again.headers, ...again.metadata]).toEqual([['a', 'b']]);
    expect(again).toMatchObject({ acl: 'default', storageClass: 'Standard' });
  });

  describe('a refused body leaves the old object and no trace', () => {
    const bodies = {
      small: bytesOf(100),
      large: bytesOf(100_000),
      overlapped: bytesOf(3_000_000),
    };
    async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      yield* chunked(bytes, 50_000);
      throw new Error('connection lost');
    }
    const cases: [string, (bytes: Buffer) => PutObject, string][] = [
      ['too short', (body) => ({ body, length: body.length + 1 }), 'IncompleteBody'],
      ['too long', (body) => ({ body, length: body.length - 1 }), 'IncompleteBody'],
      ['wrong MD5', (body) => ({ body, contentMd5: Buffer.alloc(16) }), 'InvalidDigest'],
      ['malformed MD5', (body) => ({ body, contentMd5: Buffer.alloc(3) }), 'InvalidDigest'],
      ['wrong CRC-64', (body) => ({ body, crc64: 1n }), 'InvalidCRC64'],
      ['over the cap', (body) => ({ body, lengthMax: body.length - 1 }), 'EntityTooLarge'],
      ['over the cap, announced', (body) => ({ body, length: 6 * 1024 ** 3 }), 'EntityTooLarge'],
      ['broken off', (body) => ({ body: failing(body) }), 'Error: connection lost'],
      [
        'aborted',
        (body) => ({ body, signal: AbortSignal.abort(new Error('gone')) }),
        'Error: gone',
      ],
    ];
    const sized = cases.flatMap(([name, input, code]) =>
      Object.entries(bodies).map(([size, body]) => {
        // Only announced bodies overlap, and what is announced must not be what is refused first.
        const length = size === 'overlapped' ? { length: body.length } : {};
        return [`${name}, ${size}`, { ...length, ...input(body) }, code] as const;
      }),
    );

    test.each(sized)('%s', async (_name, input, code) => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      await test.store.objects.put(bucket, 'k', { body: Buffer.from('old') });
      expect(await codeOf(test.store.objects.put(bucket, 'k', input))).toBe(code);
      expect((await contentOf(test, bucket, 'k')).toString()).toBe('old');
      expect(await allBlobs(test.blobs)).toEqual([]);
      expect((await rowsOf(test.metadata, 'D')).length).toBe(1);
      await checkInvariants(test.metadata, test.blobs, []);
    });
  });

  test('an announced length over the cap is refused before the body is touched', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const body = {
      [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
        throw new Error('the body was read');
      },
    };
    const put = test.store.objects.put(bucket, 'k', { body, length: 5 * 1024 ** 3 + 1 });
    expect(await codeOf(put)).toBe('EntityTooLarge');
  });

  test('hashing a large chunk lets other work through', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await test.store.objects.put(bucket, 'k', { body: Buffer.alloc(32 * 1024 * 1024) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(8);
  });

  test('forbid-overwrite', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const put = (text: string) =>
      test.store.objects.put(bucket, 'k', { body: Buffer.from(text), forbidOverwrite: true });
    await put('first');
    expect(await codeOf(put('second'))).toBe('FileAlreadyExists');
    expect((await contentOf(test, bucket, 'k')).toString()).toBe('first');
    // Once versioning has been switched on, nothing is overwritten and the wish has no meaning.
    await test.store.buckets.setVersioning(bucket, 'enabled');
    await put('third');
    expect((await contentOf(test, bucket, 'k')).toString()).toBe('third');
  });

  test('object ACL', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    await test.store.objects.put(bucket, 'k', { body: Buffer.from('x') });
    const before = await test.store.objects.get(bucket, 'k');
    test.clock.advance(1000);
    await test.store.objects.setAcl(bucket, 'k', 'public-read');
    expect(await test.store.objects.get(bucket, 'k')).toEqual({ ...before, acl: 'public-read' });
    expect(await codeOf(test.store.objects.setAcl(bucket, 'none', 'private'))).toBe('NoSuchKey');
  });

  test('a public ACL is refused while public access is blocked', async () => {
    const test = await openTestStore({ blockPublicAccess: true });
    const bucket = await createBucket(test);
    const put = (acl: 'private' | 'public-read') =>
      codeOf(test.store.objects.put(bucket, 'k', { body: Buffer.from('x'), acl }));
    expect(await put('public-read')).toBe('AccessDenied');
    expect(await put('private')).toBeUndefined();
    expect(await codeOf(test.store.objects.setAcl(bucket, 'k', 'public-read'))).toBe(
      'AccessDenied',
    );
    expect((await test.store.objects.get(bucket, 'k')).acl).toBe('private');
  });

  test('deleting many: results in order, a key twice, keys that do not exist', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    for (const key of keys) await test.store.objects.put(bucket, key, { body: Buffer.from(key) });
    const entries = [...keys, 'k0', 'missing'].map((key) => ({ key }));
    const results = await test.store.objects.deleteMany(bucket, entries);
    expect(results).toEqual(entries.map(() => ({ isDeleteMarker: false })));
    expect((await test.store.objects.list(bucket, { limit: 10 })).objects).toEqual([]);
  });

  describe('a bucket that changes under a running upload', () => {
    async function putWhile(change: (test: Awaited<ReturnType<typeof openTestStore>>) => unknown) {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      async function* body(): AsyncGenerator<Uint8Array> {
        yield Buffer.alloc(20_000);
        await change(test);
        yield Buffer.alloc(20_000);
      }
      const code = await codeOf(test.store.objects.put(bucket, 'k', { body: body() }));
      await checkInvariants(test.metadata, test.blobs, []);
      return { test, code };
    }

    test('deleted', async () => {
      const { test, code } = await putWhile(async ({ store }) =>
        store.buckets.delete(await getBucket({ store })),
      );
      expect(code).toBe('NoSuchBucket');
      expect(await allBlobs(test.blobs)).toEqual([]);
    });

    test('deleted and created again', async () => {
      const { test, code } = await putWhile(async ({ store }) => {
        await store.buckets.delete(await getBucket({ store }));
        await createBucket({ store });
      });
      expect(code).toBe('NoSuchBucket');
      expect(await rowsOf(test.metadata, 'O')).toEqual([]);
    });

    test('versioning switched on', async () => {
      const { test, code } = await putWhile(async ({ store }) => {
        const bucket = await getBucket({ store });
        await store.objects.put(bucket, 'k', { body: Buffer.from('before') });
        await store.buckets.setVersioning(bucket, 'enabled');
      });
      expect(code).toBeUndefined();
      const bucket = await getBucket(test);
      expect((await contentOf(test, bucket, 'k', 'null')).toString()).toBe('before');
      expect((await contentOf(test, bucket, 'k')).length).toBe(40_000);
    });
  });

  describe('an object replaced between row and bytes', () => {
    // By another process, which does not know that this one reads.
    async function openWhileReplaced(size: number, isRepeated: boolean) {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      const put = (fill: number) =>
        test.store.objects.put(bucket, 'k', { body: Buffer.alloc(size + fill, fill) });
      let fill = 1;
      await put(fill);
      const replace = async () => {
        const ids = await allBlobs(test.blobs);
        fill += 1;
        await put(fill);
        for (const id of ids) await test.blobs.remove(Buffer.from(id, 'hex'));
      };
      const get = test.store.objects.get.bind(test.store.objects);
      test.store.objects.get = async (...args) => {
        const object = await get(...args);
        if (fill === 1 || isRepeated) await replace();
        return object;
      };
      return test.store.objects.open(bucket, 'k');
    }

    test.each([10, 100_000])('%i bytes: served whole, as the new version', async (size) => {
      const { object, bytes } = await openWhileReplaced(size, false);
      expect(object.size).toBe(size + 2);
      expect((await readAll(bytes)).equals(Buffer.alloc(size + 2, 2))).toBe(true);
    });

    test.each([10, 100_000])('%i bytes, again and again: try later, never a mix', async (size) => {
      expect(await codeOf(openWhileReplaced(size, true))).toBe('ServiceUnavailable');
    });

    test.each([10, 100_000])('%i bytes that are missing are damage', async (size) => {
      const test = await openTestStore();
      const bucket = await createBucket(test);
      await test.store.objects.put(bucket, 'k', { body: Buffer.alloc(size) });
      for (const id of await allBlobs(test.blobs)) await test.blobs.remove(Buffer.from(id, 'hex'));
      for (const { key } of await rowsOf(test.metadata, 'D'))
        await test.metadata.commit({ del: [key] });
      expect(await codeOf(test.store.objects.open(bucket, 'k'))).toContain('BlobMissingError');
    });
  });
});
