// Block Public Access on its three levels: the server's default, the bucket's own, the account's.
import { describe, expect, test } from 'vitest';
import { codeOf, createBucket, getBucket, openTestStore, owner, stranger } from './test-store.ts';

describe('the account', () => {
  test('blocks what its buckets allow, and only its own', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    await createBucket(opened);
    await store.buckets.create('foreign', stranger);
    await store.documents.put(await getBucket(opened), 'acl', { acl: 'public-read' });
    await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true });
    expect(await store.accounts.get(owner.id, 'publicAccessBlock')).toEqual({ enabled: true });
    expect(await getBucket(opened)).toMatchObject({
      acl: 'public-read',
      blockPublicAccess: true,
      ownPublicAccessBlock: false,
    });
    expect((await getBucket(opened, 'foreign')).blockPublicAccess).toBe(false);
    await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: false });
    expect((await getBucket(opened)).blockPublicAccess).toBe(false);
  });

  test('takes no public ACL while it blocks, of old and of new buckets', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    const bucket = await createBucket(opened);
    await store.objects.put(bucket, 'key', { body: Buffer.from('x') });
    await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true });
    const now = await getBucket(opened);
    expect(await codeOf(store.documents.put(now, 'acl', { acl: 'public-read' }))).toBe(
      'AccessDenied',
    );
    expect(await codeOf(store.objects.setAcl(now, 'key', 'public-read'))).toBe('AccessDenied');
    const made = store.buckets.create('new-one', owner, { acl: 'public-read' });
    expect(await codeOf(made)).toBe('AccessDenied');
    await store.buckets.create('new-one', owner, { acl: 'private' });
    await store.buckets.create('foreign', stranger, { acl: 'public-read' });
  });

  test('its setting is found where no document of the account was ever put', async () => {
    const opened = await openTestStore();
    expect(await opened.store.accounts.get(owner.id, 'publicAccessBlock')).toBeUndefined();
    expect((await createBucket(opened)).blockPublicAccess).toBe(false);
  });
});

test("a bucket's own setting wins over the server's default, either way", async () => {
  for (const byDefault of [true, false]) {
    const opened = await openTestStore({ blockPublicAccess: byDefault });
    const bucket = await createBucket(opened);
    expect(bucket).toMatchObject({
      blockPublicAccess: byDefault,
      ownPublicAccessBlock: byDefault,
    });
    await opened.store.documents.put(bucket, 'publicAccessBlock', { enabled: !byDefault });
    expect((await getBucket(opened)).blockPublicAccess).toBe(!byDefault);
  }
});
