// How many buckets, keys and domains a store remembers is a setting; what it forgot it reads again.
import { expect, test } from 'vitest';
import { MemoryMetadata } from '../../../src/engines/memory/memory-metadata.ts';
import { CountingMetadata } from '../../support/counting-metadata.ts';
import { createBucket, getBucket, openTestStore, owner } from '../test-store.ts';

const names = ['first', 'second', 'third'];

test.each([
  [3, 0],
  [2, 3],
  [1, 3],
])(
  'of three buckets and keys, asked in turn, %i are remembered: %i are read',
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
