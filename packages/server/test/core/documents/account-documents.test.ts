// The configuration documents of accounts: their stored bytes, and the guard that tells of a change.
import { expect, test } from 'vitest';
import { accountDocumentKey, accountGuardKey } from '../../../src/core/keys/configuration-keys.ts';
import { readRow } from '../../../src/core/ports/read-rows.ts';
import { openTestStore, owner } from '../test-store.ts';

const documentKey = accountDocumentKey(owner.id, 'publicAccessBlock');
/** As the first version of the format wrote it. */
const enabled = Buffer.from('0181a7656e61626c6564c3', 'hex');

test('written as ever, and read back', async () => {
  const { store, metadata } = await openTestStore();
  await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true });
  expect((await readRow(metadata, documentKey))?.value).toEqual(enabled);
  expect(await store.accounts.get(owner.id, 'publicAccessBlock')).toEqual({ enabled: true });
  expect(await store.accounts.get('another', 'publicAccessBlock')).toBeUndefined();
});

test('each change gives the guard a new stamp', async () => {
  const { store, metadata } = await openTestStore();
  const guard = () => readRow(metadata, accountGuardKey(owner.id));
  expect(await guard()).toBeNull();
  await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true });
  const first = await guard();
  await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true });
  const second = await guard();
  expect(second?.value).toEqual(first?.value);
  expect(second?.stamp).not.toBe(first?.stamp);
});

test('one that an earlier version wrote, without a guard, counts', async () => {
  const { store, metadata } = await openTestStore();
  await metadata.commit({ set: [{ key: documentKey, value: enabled }] });
  await store.buckets.create('bucket', owner);
  const find = async () =>
    (await store.buckets.find(await store.view({ bucket: 'bucket' }), 'bucket'))?.blockPublicAccess;
  expect(await find()).toBe(true);
  await store.accounts.put(owner.id, 'publicAccessBlock', { enabled: false });
  expect(await find()).toBe(false);
});
