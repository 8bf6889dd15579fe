// How many buckets, keys and domains a store remembers is a setting: so many at least, and at most twice as
// many. What it forgot it reads again; what goes first is what was not used for longest.
import { expect, test } from 'vitest';
import { MemoryMetadata } from '../../../src/engines/memory/memory-metadata.ts';
import { CountingMetadata } from '../../support/counting-metadata.ts';
import { codeOf, createBucket, getBucket, openTestStore, owner } from '../test-store.ts';

const names = ['first', 'second', 'third'];

test.each([
  [3, 0],
  [2, 0],
  [1, 3],
])(
  'of three buckets and keys, asked in turn, %i or twice as many are remembered: %i are read',
  async (max, again) => {
    const metadata = new CountingMetadata(new MemoryMetadata());
    const test = await openTestStore({ metadata, knownRecordsMax: max });
    const { store } = test;
    for (const name of names) {
      await createBucket(test, name);
      await store.credentials.add({ accessKeyId: name, secret: `${name}'s`, owner });
    }
    const askInTurn = async (): Promise<void> => {
      for (const name of names) {
        const at = await store.view({ bucket: name, accessKeyId: name });
        expect(await store.credentials.find(at, name)).toMatchObject({ secret: `${name}'s` });
        expect(await getBucket(test, name)).toMatchObject({ name });
      }
    };
    await askInTurn();
    const { rows } = await metadata.during(askInTurn);
    // A key is one row; a bucket at least two, its guard and that of its owner's account.
    expect(rows === 0).toBe(again === 0);
    expect(rows).toBeGreaterThanOrEqual(again * 2);
  },
);

test('what is used again and again stays, however many names are guessed', async () => {
  const metadata = new CountingMetadata(new MemoryMetadata());
  const test = await openTestStore({ metadata, knownRecordsMax: 2 });
  await createBucket(test);
  await test.store.credentials.add({ accessKeyId: 'used', secret: 'secret', owner });
  const use = async (): Promise<void> => {
    const at = await test.store.view({ bucket: 'bucket', accessKeyId: 'used' });
    expect(await test.store.credentials.find(at, 'used')).toMatchObject({ secret: 'secret' });
    expect(await getBucket(test)).toMatchObject({ name: 'bucket' });
  };
  await use();
  for (let guess = 0; guess < 20; guess += 1) {
    const at = await test.store.view();
    expect(await test.store.credentials.find(at, `guess-${guess}`)).toBeUndefined();
    expect(await codeOf(getBucket(test, `guess-${guess}`))).toBe('NoSuchBucket');
    expect((await metadata.during(use)).rows).toBe(0);
  }
});
