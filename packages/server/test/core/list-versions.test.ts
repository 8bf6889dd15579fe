// Listing versions against a naive model that keeps every version of every key in a list.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedVersion, ListVersions } from '../../src/core/listing/list-versions.ts';
import { byteOrder, naiveVersions } from './model/naive-listing.ts';
import { codeOf, createBucket, getBucket, openTestStore, type TestStore } from './test-store.ts';

interface Made {
  readonly key: string;
  readonly versionId: string;
  readonly kind: 'Version' | 'DeleteMarker';
}

type Entry = Made & { readonly isLatest: boolean };

/** Newest first in each key. */
class History {
  readonly #byKey = new Map<string, Made[]>();

  add(made: Made): void {
    const others = (this.#byKey.get(made.key) ?? []).filter(
      ({ versionId }) => versionId !== made.versionId,
    );
    this.#byKey.set(made.key, [made, ...others]);
  }

  remove(key: string, versionId: string): void {
    const left = (this.#byKey.get(key) ?? []).filter((made) => made.versionId !== versionId);
    this.#byKey.set(key, left);
  }

  any(key: string, at: number): Made | undefined {
    const versions = this.#byKey.get(key) ?? [];
    return versions[at % Math.max(versions.length, 1)];
  }

  all(): Entry[] {
    const keys = [...this.#byKey.keys()].sort(byteOrder);
    return keys.flatMap((key) =>
      (this.#byKey.get(key) ?? []).map((made, at) => ({ ...made, isLatest: at === 0 })),
    );
  }
}

function shown({ key, versionId, kind, isLatest }: ListedVersion): Entry {
  return { key, versionId, kind, isLatest };
}

const keyNames = ['a', 'a/1', 'a/2', 'a/b/c', 'b', 'b-', 'c', 'é', '😀', '\ue000', 'a-'];
const steps = fc.array(
  fc.record({
    key: fc.constantFrom(...keyNames),
    what: fc.constantFrom('put', 'put', 'put', 'delete', 'remove'),
    which: fc.nat(5),
    state: fc.constantFrom(undefined, undefined, undefined, 'enabled', 'suspended'),
  }),
  { minLength: 5, maxLength: 60 },
);

async function play(
  test: TestStore,
  history: History,
  list: readonly { key: string; what: string; which: number; state: string | undefined }[],
): Promise<void> {
  let bucket = await createBucket(test);
  await createBucket(test, 'neighbour');
  for (const { key, what, which, state } of list) {
    if (state !== undefined) {
      await test.store.buckets.setVersioning(bucket, state as 'enabled' | 'suspended');
      bucket = await getBucket(test);
    }
    if (what === 'put') {
      const { versionId = 'null' } = await test.store.objects.put(bucket, key, {
        body: Buffer.from(key),
      });
      history.add({ key, versionId, kind: 'Version' });
    } else if (what === 'remove') {
      const made = history.any(key, which);
      if (made === undefined) continue;
      await test.store.objects.delete(bucket, key, made.versionId);
      history.remove(key, made.versionId);
    } else if (bucket.versioning === 'never') {
      await test.store.objects.delete(bucket, key);
      history.remove(key, 'null');
    } else {
      const { versionId = 'null' } = await test.store.objects.delete(bucket, key);
      history.add({ key, versionId, kind: 'DeleteMarker' });
    }
  }
}

test('every page is what the whole history, sorted and rolled up, would give', async () => {
  let pages = 0;
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(
        fc.record({
          prefix: fc.constantFrom('', '', 'a', 'a/', 'b', 'z', '😀'),
          delimiter: fc.constantFrom('', '', '/', '-', 'b'),
          limit: fc.integer({ min: 1, max: 7 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      async (list, queries) => {
        const opened = await openTestStore();
        const history = new History();
        await play(opened, history, list);
        const bucket = await getBucket(opened);
        for (const query of queries) {
          let at: Pick<ListVersions, 'keyMarker' | 'versionIdMarker'> = {};
          for (;;) {
            const page = await opened.store.objects.listVersions(bucket, { ...query, ...at });
            const expected = naiveVersions(history.all(), { ...query, ...at });
            expect(page.versions.map(shown)).toEqual(expected.entries);
            expect(page.commonPrefixes).toEqual(expected.prefixes);
            expect(page.isTruncated).toBe(expected.isTruncated);
            pages += 1;
            if (page.next === undefined) break;
            at = { keyMarker: page.next.key, versionIdMarker: page.next.versionId };
          }
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(pages).toBeGreaterThan(600);
});

describe('a page that goes on where versions have changed', () => {
  test('shows no version twice and leaves none out when the marker version is gone', async () => {
    const opened = await openTestStore();
    const bucket = await createBucket(opened, 'bucket', 'enabled');
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4']) {
      const put = await opened.store.objects.put(bucket, 'key', { body: Buffer.from(text) });
      ids.unshift(put.versionId ?? '');
    }
    const first = await opened.store.objects.listVersions(bucket, { limit: 1 });
    expect(first.next).toEqual({ key: 'key', versionId: ids[0] });
    // The version the page ended with was the head; now the next older one is.
    await opened.store.objects.delete(bucket, 'key', ids[0]);
    await opened.store.objects.put(bucket, 'later', { body: Buffer.from('5') });
    const marker = { keyMarker: 'key', versionIdMarker: ids[0] };
    const rest = await opened.store.objects.listVersions(bucket, { ...marker, limit: 10 });
    expect(rest.versions.map(({ versionId }) => versionId).slice(0, 3)).toEqual(ids.slice(1));
    expect(rest.versions.map(({ isLatest }) => isLatest)).toEqual([true, false, false, true]);
  });

  test('a null version that is gone shows the key again', async () => {
    const opened = await openTestStore();
    const bucket = await createBucket(opened, 'bucket', 'enabled');
    await opened.store.objects.put(bucket, 'key', { body: Buffer.from('1') });
    const marker = { keyMarker: 'key', versionIdMarker: 'null' };
    const page = await opened.store.objects.listVersions(bucket, { ...marker, limit: 10 });
    expect(page.versions).toHaveLength(1);
  });
});

test('what is no version id is refused as a marker', async () => {
  const opened = await openTestStore();
  const bucket = await createBucket(opened, 'bucket', 'enabled');
  const marker = { keyMarker: 'key', versionIdMarker: '234' };
  expect(await codeOf(opened.store.objects.listVersions(bucket, { ...marker, limit: 10 }))).toBe(
    'InvalidArgument',
  );
});

test('a page costs a page: thousands of older versions are not read', async () => {
  const opened = await openTestStore();
  const bucket = await createBucket(opened, 'bucket', 'enabled');
  for (let at = 0; at < 300; at += 1) {
    await opened.store.objects.put(bucket, `k${at % 3}`, { body: Buffer.from('x') });
  }
  let rows = 0;
  const read = opened.metadata.read.bind(opened.metadata);
  opened.metadata.read = async (query) => {
    const view = await read(query);
    for (const range of view.ranges) rows += range.length;
    return view;
  };
  const page = await opened.store.objects.listVersions(bucket, { limit: 5 });
  expect(page.versions).toHaveLength(5);
  expect(rows).toBeLessThan(30);
});
