// Listing against a naive model that sorts, filters and rolls up the whole bucket; and its cost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListObjects, ObjectPage } from '../../src/core/listing/list-objects.ts';
import { byteOrder, naiveObjects } from './model/naive-listing.ts';
import { createBucket, openTestStore, type TestStore } from './test-store.ts';

function sorted(keys: readonly string[]): { key: string }[] {
  return [...new Set(keys)].sort(byteOrder).map((key) => ({ key }));
}

function expectPage(page: ObjectPage, keys: readonly string[], query: ListObjects): void {
  const { entries, prefixes, last, isTruncated } = naiveObjects(sorted(keys), query);
  expect(page.objects.map(({ key }) => ({ key }))).toEqual(entries);
  expect(page.commonPrefixes).toEqual(prefixes);
  expect(page.isTruncated).toBe(isTruncated);
  const text = last === undefined ? undefined : 'key' in last ? last.key : last.prefix;
  expect(page.next).toBe(isTruncated ? text : undefined);
}

async function fill(test: TestStore, keys: readonly string[]) {
  const bucket = await createBucket(test);
  await createBucket(test, 'neighbour');
  for (const key of keys) await test.store.objects.put(bucket, key, { body: Buffer.from(key) });
  return bucket;
}

const letters = fc.constantFrom('a', 'b', '/', '//', '-', '😀', '\ue000', '\u0001');
const text = fc.string({ unit: letters, maxLength: 6 });
const keys = fc.array(
  text.filter((key) => key !== '' && !key.startsWith('/')),
  { maxLength: 40 },
);
const queries = fc.record({
  prefix: fc.oneof(fc.constant(''), text),
  delimiter: fc.constantFrom('', '/', '/', '-', 'a', 'ab', '😀', '//'),
  after: fc.oneof(fc.constant(''), text),
  limit: fc.integer({ min: 1, max: 12 }),
});

test('every page is what sorting the whole bucket would give', async () => {
  await fc.assert(
    fc.asyncProperty(
      keys,
      fc.array(queries, { minLength: 1, maxLength: 8 }),
      async (all, asked) => {
        const test = await openTestStore();
        const bucket = await fill(test, all);
        for (const query of asked) {
          expectPage(await test.store.objects.list(bucket, query), all, query);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('following the pages gives every entry once', async () => {
  await fc.assert(
    fc.asyncProperty(keys, queries, async (all, query) => {
      const test = await openTestStore();
      const bucket = await fill(test, all);
      const found: string[] = [];
      let after: string | undefined = query.after;
      for (;;) {
        const page: ObjectPage = await test.store.objects.list(bucket, { ...query, after });
        found.push(...page.objects.map(({ key }) => `k${key}`));
        found.push(...page.commonPrefixes.map((prefix) => `p${prefix}`));
        if (!page.isTruncated) break;
        after = page.next;
      }
      const { entries, prefixes } = naiveObjects(sorted(all), { ...query, limit: 1000 });
      const expected = [
        ...entries.map(({ key }) => `k${key}`),
        ...prefixes.map((prefix) => `p${prefix}`),
      ];
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 60 },
  );
});

describe('cost', () => {
  async function rowsRead(test: TestStore, work: () => Promise<unknown>) {
    const read = test.metadata.read.bind(test.metadata);
    const cost = { rows: 0, reads: 0 };
    test.metadata.read = async (query) => {
      const view = await read(query);
      cost.reads += 1;
      for (const rows of view.ranges) cost.rows += rows.length;
      return view;
    };
    await work();
    test.metadata.read = read;
    return cost;
  }

  test('a page of keys reads one row more than it has', async () => {
    const test = await openTestStore();
    const bucket = await fill(
      test,
      Array.from({ length: 300 }, (_, index) => `k${index}`),
    );
    const cost = await rowsRead(test, () => test.store.objects.list(bucket, { limit: 100 }));
    expect(cost).toEqual({ rows: 101, reads: 1 });
  });

  test('rolled-up keys are passed by, however many there are', async () => {
    const test = await openTestStore();
    const all: string[] = [];
    for (let folder = 0; folder < 8; folder += 1) {
      for (let file = 0; file < 250; file += 1) all.push(`folder${folder}/${file}`);
    }
    const bucket = await fill(test, all);
    const cost = await rowsRead(test, async () => {
      const page = await test.store.objects.list(bucket, { delimiter: '/', limit: 100 });
      expect(page.commonPrefixes.length).toBe(8);
    });
    expect(cost.rows).toBeLessThan(60);
  });

  test('a full page of 1,000, truncated', async () => {
    const test = await openTestStore();
    const all = Array.from({ length: 1001 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    const bucket = await fill(test, all);
    expectPage(await test.store.objects.list(bucket, { limit: 1000 }), all, { limit: 1000 });
    expectPage(await test.store.objects.list(bucket, { limit: 1000, after: 'k0000' }), all, {
      limit: 1000,
      after: 'k0000',
    });
  });
});
