// The buckets of an owner in the order of their names, a page at a time.
import type { CoreContext } from '../context/context.ts';
import { bucketDocumentIn } from '../documents/bucket-documents.ts';
import { prefixEnd } from '../keys/bytes.ts';
import {
  bucketDocumentKey,
  bucketGuardKey,
  bucketOfOwnerKey,
  bucketOfOwnerName,
} from '../keys/configuration-keys.ts';
import { keyAfter, readRange, readRows } from '../ports/read-rows.ts';
import { type BucketGuard, decodeBucketGuard } from '../records/bucket-guard.ts';
import type { Bucket } from './bucket.ts';

export interface ListBuckets {
  readonly prefix?: string | undefined;
  /** Only names after this one. */
  readonly after?: string | undefined;
  /** At most 1,000. */
  readonly limit: number;
}

/** What a listing tells of a bucket. */
export type ListedBucket = Pick<Bucket, 'name' | 'region' | 'createdMs' | 'storageClass'>;

export interface BucketPage {
  readonly buckets: readonly ListedBucket[];
  readonly isTruncated: boolean;
  /** The last name of a truncated page. */
  readonly next?: string | undefined;
}

const rangeMax = 1000;

export async function listBuckets(
  core: CoreContext,
  ownerId: string,
  query: ListBuckets,
): Promise<BucketPage> {
  const names = await readNames(core, ownerId, query);
  const isTruncated = names.length > query.limit;
  const page = names.slice(0, query.limit);
  const next = page.at(-1);
  return {
    buckets: await readBuckets(core, page),
    isTruncated,
    ...(isTruncated && next !== undefined ? { next } : {}),
  };
}

/** One more than asked for, when there are so many. */
async function readNames(
  core: CoreContext,
  ownerId: string,
  query: ListBuckets,
): Promise<string[]> {
  const prefix = bucketOfOwnerKey(ownerId, query.prefix ?? '');
  const to = prefixEnd(prefix);
  const after = keyAfter(bucketOfOwnerKey(ownerId, query.after ?? ''));
  let from = query.after !== undefined && Buffer.compare(after, prefix) > 0 ? after : prefix;
  const names: string[] = [];
  while (names.length <= query.limit && Buffer.compare(from, to) < 0) {
    const limit = Math.min(rangeMax, query.limit + 1 - names.length);
    const rows = await readRange(core.metadata, { from, to, limit });
    for (const row of rows) names.push(bucketOfOwnerName(row.key));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) break;
    from = keyAfter(last.key);
  }
  return names;
}

/** A bucket deleted while its page is read is left out. */
async function readBuckets(core: CoreContext, names: readonly string[]): Promise<ListedBucket[]> {
  if (names.length === 0) return [];
  const guards = await readRows(core.metadata, names.map(bucketGuardKey));
  const found: { name: string; guard: BucketGuard }[] = [];
  for (const [place, name] of names.entries()) {
    const guard = guards[place];
    if (guard != null) found.push({ name, guard: decodeBucketGuard(guard.value) });
  }
  const keys = found.map(({ guard }) => bucketDocumentKey(guard.bucketId, 'info'));
  const rows = await readRows(core.metadata, keys);
  return found.flatMap(({ name, guard: { region } }, place) => {
    const info = bucketDocumentIn('info', rows[place]);
    if (info === undefined) return [];
    const { createdMs, storageClass } = info;
    return [{ name, region, createdMs, storageClass }];
  });
}
