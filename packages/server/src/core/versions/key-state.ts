// What a write has to know about a key: the bucket's guard and the key's head.
import { noSuchBucket } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../keys/version-keys.ts';
import { isPending } from '../ports/eventually.ts';
import type { Commit, Found, Key, Stamp } from '../ports/metadata.ts';
import { plainRow, readRow, readRows } from '../ports/read-rows.ts';
import { decodeBucketFence } from '../records/bucket-guard.ts';
import type { Versioning } from '../records/model.ts';
import { type Version, versionOf } from './version.ts';

export interface KeyState {
  readonly versioning: Versioning;
  readonly latest: Version | undefined;
  /** Of the guard, of this process's fence and of the head, present or absent. */
  readonly checks: NonNullable<Commit['check']>;
}

/**
 * Throws NoSuchBucket when the bucket is gone, also when another one has its name. One trip: the guard is
 * mostly the one that the bucket was read from, and then not copied; the commit checks that all still hold.
 */
export async function readKeyState(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
): Promise<KeyState> {
  const guardRow = { key: bucket.guardKey, known: bucket.guardStamp };
  const heads = headKeys(bucket, bucket.versioning, key);
  const wanted = [guardRow, ...heads.map((head) => ({ key: head }))];
  const read = core.metadata.read({ keys: wanted });
  const { rows } = isPending(read) ? await read : read;
  const { versioning, check } = guardNow(bucket, rows[0] ?? null);
  const isAllRead = versioning === 'never' || heads.length > 1;
  const keys = isAllRead ? heads : headKeys(bucket, versioning, key);
  const found = isAllRead ? rows.slice(1).map(plainRow) : await readRows(core.metadata, keys);
  const checks = keys.map((head, place) => ({ key: head, stamp: found[place]?.stamp ?? null }));
  const latest = found.find((row) => row != null);
  return {
    versioning,
    latest: latest == null ? undefined : versionOf(latest),
    checks: [check, core.lease.check, ...checks],
  };
}

/** Without versioning there are no markers, and a change of versioning changes the guard. */
function headKeys({ id }: Bucket, versioning: Versioning, key: Buffer): Key[] {
  const object = objectRowKey(id, key);
  return versioning === 'never' ? [object] : [object, markerRowKey(id, key)];
}

function guardNow(
  bucket: Bucket,
  guard: Found,
): { versioning: Versioning; check: { key: Key; stamp: Stamp } } {
  const { name, id, versioning, guardKey, guardStamp } = bucket;
  if (guard === 'unchanged') return { versioning, check: { key: guardKey, stamp: guardStamp } };
  const now = guard === null ? undefined : decodeBucketFence(guard.value);
  if (guard === null || !now?.bucketId.equals(id)) throw noSuchBucket(name);
  return { versioning: now.versioning, check: { key: guardKey, stamp: guard.stamp } };
}

/** An older version of a key; its bucket and head are checked elsewhere. */
export async function readOlder(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  seq: number,
): Promise<Version | undefined> {
  const row = await readRow(core.metadata, versionRowKey(bucket.id, key, seq));
  return row == null ? undefined : versionOf(row);
}
