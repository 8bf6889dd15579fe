// Versioning, state by state, in the words of operations reference §3.8.
import { describe, expect, test } from 'vitest';
import { checkInvariants } from './invariants.ts';
import { codeOf, contentOf, createBucket, getBucket, openTestStore } from './test-store.ts';

async function open(versioning: 'never' | 'enabled' | 'suspended') {
  const test = await openTestStore();
  const bucket = await createBucket(test, 'bucket', versioning);
  const { objects } = test.store;
  return {
    ...test,
    bucket,
    objects,
    put: (text: string) => objects.put(bucket, 'k', { body: Buffer.from(text) }),
    text: async (versionId?: string) => (await contentOf(test, bucket, 'k', versionId)).toString(),
    check: () => checkInvariants(test.metadata, test.blobs, []),
  };
}

describe('enabled', () => {
  test('ids have 64 characters, differ, and find their version', async () => {
    const { put, text, check, objects, bucket } = await open('enabled');
    const [one, two] = [await put('one'), await put('two')];
    for (const { versionId } of [one, two]) expect(versionId).toMatch(/^CAEQ[A-Za-z0-9_-]{60}$/);
    expect(one.versionId).not.toBe(two.versionId);
    expect([await text(), await text(one.versionId), await text(two.versionId)]).toEqual([
      'two',
      'one',
      'two',
    ]);
    expect((await objects.get(bucket, 'k')).isLatest).toBe(true);
    const old = await objects.get(bucket, 'k', { versionId: one.versionId });
    expect([old.isLatest, old.versionId]).toEqual([false, one.versionId]);
    await check();
  });

  test('a delete adds a marker, also on a marker and on a missing key', async () => {
    const { put, objects, bucket, check } = await open('enabled');
    await put('one');
    const first = await objects.delete(bucket, 'k');
    const second = await objects.delete(bucket, 'k');
    const missing = await objects.delete(bucket, 'missing');
    expect(new Set([first, second, missing].map(({ versionId }) => versionId)).size).toBe(3);
    for (const { isDeleteMarker } of [first, second, missing]) expect(isDeleteMarker).toBe(true);
    await expect(objects.get(bucket, 'k')).rejects.toMatchObject({
      code: 'NoSuchKey',
      headers: { 'x-oss-delete-marker': 'true', 'x-oss-version-id': second.versionId },
    });
    await expect(
      objects.get(bucket, 'k', { versionId: first.versionId, method: 'HEAD' }),
    ).rejects.toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
      headers: { allow: 'DELETE', 'x-oss-delete-marker': 'true' },
      details: { Method: 'HEAD', ResourceType: 'DeleteMarker' },
    });
    expect((await objects.list(bucket, { limit: 10 })).objects).toEqual([]);
    await check();
  });

  test('deleting the latest brings back the one before, marker or object', async () => {
    const { put, text, objects, bucket, check } = await open('enabled');
    const one = await put('one');
    const marker = await objects.delete(bucket, 'k');
    const two = await put('two');
    expect(await objects.delete(bucket, 'k', two.versionId)).toEqual({
      versionId: two.versionId,
      isDeleteMarker: false,
    });
    expect(await codeOf(text())).toBe('NoSuchKey');
    await check();
    expect(await objects.delete(bucket, 'k', marker.versionId)).toEqual({
      versionId: marker.versionId,
      isDeleteMarker: true,
    });
    expect(await text()).toBe('one');
    await check();
    await objects.delete(bucket, 'k', one.versionId);
    expect(await codeOf(text())).toBe('NoSuchKey');
    await check();
  });

  test('what was there before is the null version', async () => {
    const { put, text, store, bucket, check, ...rest } = await open('never');
    await put('before');
    await store.buckets.setVersioning(bucket, 'enabled');
    const versioned = await getBucket({ store });
    expect((await rest.objects.get(versioned, 'k')).versionId).toBe('null');
    await put('after');
    expect(await text('null')).toBe('before');
    expect(await text()).toBe('after');
    expect(await rest.objects.delete(versioned, 'k', 'null')).toEqual({
      versionId: 'null',
      isDeleteMarker: false,
    });
    expect(await codeOf(text('null'))).toBe('NoSuchVersion');
    expect(await text()).toBe('after');
    await check();
  });
});

describe('suspended', () => {
  test('a put replaces the null version and leaves the others', async () => {
    const { put, text, store, bucket, check } = await open('enabled');
    const one = await put('one');
    await store.buckets.setVersioning(bucket, 'suspended');
    expect((await put('null one')).versionId).toBe('null');
    expect((await put('null two')).versionId).toBe('null');
    expect([await text(), await text('null'), await text(one.versionId)]).toEqual([
      'null two',
      'null two',
      'one',
    ]);
    await check();
    // A null version that is no longer the latest is replaced too.
    await store.buckets.setVersioning(bucket, 'enabled');
    const three = await put('three');
    await store.buckets.setVersioning(bucket, 'suspended');
    await put('null three');
    expect([await text('null'), await text(three.versionId), await text(one.versionId)]).toEqual([
      'null three',
      'three',
      'one',
    ]);
    await check();
  });

  test('a delete replaces the null version with a null marker', async () => {
    const { put, text, store, bucket, objects, check } = await open('enabled');
    const one = await put('one');
    await store.buckets.setVersioning(bucket, 'suspended');
    await put('null');
    const marker = await objects.delete(bucket, 'k');
    expect(marker).toEqual({ versionId: 'null', isDeleteMarker: true });
    expect(await objects.delete(bucket, 'k')).toEqual(marker);
    expect(await codeOf(text('null'))).toBe('MethodNotAllowed');
    expect(await text(one.versionId)).toBe('one');
    await check();
    expect(await objects.delete(bucket, 'k', 'null')).toEqual(marker);
    expect(await text()).toBe('one');
    await check();
  });
});

describe('version ids', () => {
  test.each(['234', '', 'CAEQ', `CAEQ${'!'.repeat(60)}`, `CAEQ${'_'.repeat(60)}`, 'Null'])(
    '%j is malformed',
    async (versionId) => {
      const { objects, bucket, put } = await open('enabled');
      await put('x');
      const error = { code: 'InvalidArgument', status: 400 };
      await expect(objects.get(bucket, 'k', { versionId })).rejects.toMatchObject(error);
      await expect(objects.delete(bucket, 'k', versionId)).rejects.toMatchObject(error);
    },
  );

  test('one that was never given out: NoSuchVersion to read, no error to delete', async () => {
    const { objects, bucket, put, text } = await open('enabled');
    const { versionId = '' } = await put('x');
    const guess = `${versionId.slice(0, -1)}${versionId.endsWith('A') ? 'B' : 'A'}`;
    for (const unknown of [guess, `CAEQ${'A'.repeat(60)}`, 'null']) {
      expect(await codeOf(text(unknown))).toBe('NoSuchVersion');
      expect(await objects.delete(bucket, 'k', unknown)).toEqual({
        versionId: unknown,
        isDeleteMarker: false,
      });
    }
    expect(await text()).toBe('x');
  });
});

test('statistics count versions and markers', async () => {
  const { put, objects, bucket, store } = await open('enabled');
  await put('four');
  await put('seven..');
  await objects.delete(bucket, 'k');
  const stat = await store.buckets.stat(bucket);
  expect(stat.classes.Standard).toEqual({ bytes: 11n, objects: 2n });
  expect([stat.deleteMarkers, stat.uploads, stat.parts]).toEqual([1n, 0n, 0n]);
});
