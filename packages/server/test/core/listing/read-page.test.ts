// The page loop of every listing: what engines make of the hint to roll up changes its cost and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../../src/core/buckets/bucket.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../../../src/core/keys/version-keys.ts';
import type { Metadata, Query, Range, Row } from '../../../src/core/ports/metadata.ts';
import { keyAfter, readRange } from '../../../src/core/ports/read-rows.ts';
import { noBody } from '../../../src/core/records/body.ts';
import {
  emptyTail,
  encodeVersion,
  type VersionHead,
} from '../../../src/core/records/version-row.ts';
import { MemoryMetadata } from '../../../src/engines/memory/memory-metadata.ts';
import { CountingMetadata } from '../../support/counting-metadata.ts';
import { engineNames, Machine } from '../machine.ts';
import { createBucket, openTestStore, type TestStore } from '../test-store.ts';

/** An engine that leaves out so much of what it may: asked anew for each row. */
class Wayward extends MemoryMetadata {
  readonly #leavesOut: () => boolean;

  constructor(leavesOut: () => boolean) {
    super();
    this.#leavesOut = leavesOut;
  }

  override async read({ keys = [], ranges = [] }: Query) {
    const view = await super.read({ keys });
    const read = ranges.map((range) => this.#range(range));
    return { rows: view.rows, ranges: await Promise.all(read) };
  }

  async #range({ rollUp, ...range }: Range): Promise<readonly Row[]> {
    const plain: Metadata['read'] = (query) => super.read(query);
    if (rollUp === undefined) return readRange({ read: plain }, range);
    const given: Row[] = [];
    let group: Buffer | undefined;
    let { from } = range;
    while (given.length < range.limit) {
      const [row] = await readRange({ read: plain }, { ...range, from, limit: 1 });
      if (row === undefined) break;
      from = keyAfter(row.key);
      const isInside = group !== undefined && row.key.subarray(0, group.length).equals(group);
      if (isInside && this.#leavesOut()) continue;
      given.push(row);
      const text = row.key.subarray(0, row.key.length - (rollUp.suffixBytes ?? 0));
      const at = text.indexOf(rollUp.delimiter, rollUp.from);
      group = at === -1 ? undefined : text.subarray(0, at + rollUp.delimiter.length);
    }
    return given;
  }
}

const head = (seq: number, kind: VersionHead['kind']): VersionHead => ({
  kind,
  etagIsMd5: true,
  seq,
  nullSeq: 0,
  mtimeMs: 0,
  size: 0,
  crc64: 0n,
  etag: Buffer.alloc(16),
  partCount: 0,
  storageClass: 'Standard',
  acl: 'default',
  random: Buffer.alloc(37, 1),
});

interface Made {
  readonly key: string;
  /** Of its history, the newest last. */
  readonly kinds: readonly ('Normal' | 'DeleteMarker')[];
}

/** Rows as a history of that kind leaves them. */
async function fill(metadata: Metadata, bucket: Bucket, all: readonly Made[]): Promise<void> {
  const rows = all.flatMap(({ key, kinds }) => {
    const bytes = Buffer.from(key);
    return kinds.map((kind, at) => {
      const isHead = at === kinds.length - 1;
      const headKey = kind === 'Normal' ? objectRowKey : markerRowKey;
      const row = isHead ? headKey(bucket.id, bytes) : versionRowKey(bucket.id, bytes, at + 1);
      return { key: row, value: encodeVersion(head(at + 1, kind), noBody, emptyTail) };
    });
  });
  for (let at = 0; at < rows.length; at += 1000) {
    await metadata.commit({ set: rows.slice(at, at + 1000) });
  }
}

interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly limit: number;
}

/** Every page of both listings. */
async function pagesOf({ store }: TestStore, bucket: Bucket, query: Asked) {
  const pages: unknown[] = [];
  let after: string | undefined = query.after;
  for (;;) {
    const page = await store.objects.list(bucket, { ...query, after });
    pages.push(page);
    if (page.next === undefined) break;
    after = page.next;
  }
  let marker: { keyMarker?: string; versionIdMarker?: string | undefined } = {
    keyMarker: query.after,
  };
  for (;;) {
    const page = await store.objects.listVersions(bucket, { ...query, ...marker });
    pages.push(page);
    if (page.next === undefined) break;
    marker = { keyMarker: page.next.key, versionIdMarker: page.next.versionId };
  }
  return pages;
}

const letters = fc.constantFrom('a', 'b', '/', '-', '😀', '\u0001');
const text = fc.string({ unit: letters, maxLength: 5 });
const histories = fc.uniqueArray(
  fc.record({
    key: text.filter((key) => key !== '' && !key.startsWith('/')),
    kinds: fc.array(fc.constantFrom('Normal' as const, 'DeleteMarker' as const), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  { selector: ({ key }) => key, maxLength: 40 },
);
const queries = fc.record({
  prefix: fc.constantFrom('', '', 'a', 'a/', 'b-'),
  delimiter: fc.constantFrom('/', '-', 'a', 'ab', '😀', '//', '\u0001'),
  after: fc.oneof(fc.constant(''), text),
  limit: fc.integer({ min: 1, max: 9 }),
});

test('the same pages, whatever an engine leaves out of what it may', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      queries,
      fc.infiniteStream(fc.boolean()),
      async (all, query, coin) => {
        const pages = [];
        for (const leavesOut of [() => false, () => true, () => coin.next().value]) {
          const metadata = new Wayward(leavesOut);
          const opened = await openTestStore({ metadata });
          const bucket = await createBucket(opened, 'bucket', 'enabled');
          await fill(metadata, bucket, all);
          pages.push(await pagesOf(opened, bucket, query));
        }
        expect(pages[1]).toEqual(pages[0]);
        expect(pages[2]).toEqual(pages[0]);
      },
    ),
    { numRuns: 200 },
  );
});

const name = (at: number): string => String(at).padStart(5, '0');

/** 1,001 prefixes of 12 keys each, each key with an older version; and as many keys without any. */
async function filled(metadata: Metadata, versioning: 'never' | 'enabled') {
  const counting = new CountingMetadata(metadata);
  const opened = await openTestStore({ metadata: counting });
  const bucket = await createBucket(opened, 'bucket', versioning);
  const kinds = versioning === 'never' ? (['Normal'] as const) : (['Normal', 'Normal'] as const);
  const nested = Array.from({ length: 1001 * 12 }, (_, at) => ({
    key: `nested/${name(Math.floor(at / 12))}/${at % 12}`,
    kinds,
  }));
  const flat = Array.from({ length: 1001 }, (_, at) => ({ key: `flat/${name(at)}`, kinds }));
  await fill(metadata, bucket, [...nested, ...flat]);
  return { counting, bucket, objects: opened.store.objects };
}

const folders = { prefix: 'nested/', delimiter: '/', limit: 1000 };

describe.each(engineNames)('trips over %s', (engine) => {
  test('of a page of objects', async () => {
    const { metadata } = await Machine.over(engine);
    const { counting, bucket, objects } = await filled(metadata, 'never');
    const nested = await counting.during(async () => {
      const page = await objects.list(bucket, folders);
      expect([page.commonPrefixes.length, page.isTruncated]).toEqual([1000, true]);
    });
    expect(nested.trips).toBeLessThanOrEqual(5);
    expect(nested.rows).toBe(1001);
    const flat = await counting.during(async () => {
      const page = await objects.list(bucket, { prefix: 'flat/', delimiter: '/', limit: 1000 });
      expect([page.objects.length, page.isTruncated]).toEqual([1000, true]);
    });
    expect(flat.trips).toBeLessThanOrEqual(3);
    expect(flat.rows).toBe(1001);
  });

  test('of a page of versions', async () => {
    const { metadata } = await Machine.over(engine);
    const { counting, bucket, objects } = await filled(metadata, 'enabled');
    const nested = await counting.during(async () => {
      const page = await objects.listVersions(bucket, folders);
      expect([page.commonPrefixes.length, page.isTruncated]).toEqual([1000, true]);
    });
    expect(nested.trips).toBeLessThanOrEqual(5);
    const flat = await counting.during(async () => {
      const page = await objects.listVersions(bucket, { prefix: 'flat/', limit: 1000 });
      expect([page.versions.length, page.isTruncated]).toEqual([1000, true]);
    });
    expect(flat.trips).toBeLessThanOrEqual(3);
  });
});

test('an engine that does not roll up costs a trip for each prefix, and few rows of each', async () => {
  const { counting, bucket, objects } = await filled(new Wayward(() => false), 'never');
  const { trips, rows } = await counting.during(async () => {
    const page = await objects.list(bucket, folders);
    expect(page.commonPrefixes).toHaveLength(1000);
  });
  expect(trips).toBeLessThanOrEqual(1001);
  expect(rows).toBeLessThan(1000 * 17 + 1000);
});
