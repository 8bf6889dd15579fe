import { expect, test } from 'vitest';
import { isPending } from '../../src/core/ports/eventually.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { describeContract } from '../contract/contract-check.ts';
import { done, key, set } from '../contract/metadata/short-hand.ts';
import { metadataContract } from '../contract/metadata-contract.ts';
import { CountingMetadata } from './counting-metadata.ts';

describeContract(
  'an engine that is counted',
  metadataContract,
  async () => new CountingMetadata(new MemoryMetadata()),
);

const nothing = { reads: 0, counters: 0, commits: 0, trips: 0, rows: 0 };

test('each call is a trip, and each row handed out is counted', async () => {
  const metadata = new CountingMetadata(new MemoryMetadata());
  expect(metadata.take()).toEqual(nothing);
  const stamp = await done(metadata, { set: [set('a'), set('b'), set('c')] });
  await metadata.commitMany([{ set: [set('d')] }, { set: [set('e')] }]);
  await metadata.commit({ check: [{ key: key('a'), stamp: null }] });
  expect(metadata.take()).toEqual({ ...nothing, commits: 3, trips: 3 });
  const all = { from: key('a'), to: key('z'), limit: 4 };
  const known = { key: key('a'), known: stamp };
  await metadata.read({ keys: [known, { key: key('b') }, { key: key('x') }], ranges: [all, all] });
  expect(metadata.take()).toEqual({ ...nothing, reads: 1, trips: 1, rows: 9 });
  await metadata.counters(key('a'));
  expect(metadata.take()).toEqual({ ...nothing, counters: 1, trips: 1 });
  expect(metadata.take()).toEqual(nothing);
});

test('work is counted alone, failed calls too', async () => {
  const metadata = new CountingMetadata(new MemoryMetadata());
  await metadata.read({});
  const trips = await metadata.during(async () => {
    await expect(metadata.read({ keys: [{ key: Buffer.alloc(0) }] })).rejects.toThrow();
    await expect(metadata.commit({ del: [Buffer.alloc(0)] })).rejects.toThrow();
  });
  expect(trips).toEqual({ ...nothing, reads: 1, commits: 1, trips: 2 });
  expect(metadata.take()).toEqual(nothing);
});

test('what is at hand stays at hand', () => {
  expect(isPending(new CountingMetadata(new MemoryMetadata()).read({}))).toBe(false);
});
