// What a write has to know about a key: the bucket's guard and the key's head.
import { noSuchBucket } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import { stampOf } from '../context/configuration.ts';
import type { CoreContext } from '../context/context.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../keys/version-keys.ts';
import { isPending } from '../ports/eventually.ts';
import type { Commit, Key, Stamp } from '../ports/metadata.ts';
import { readKnown, readRow, readRows } from '../ports/read-rows.ts';
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
 * Throws NoSuchBucket when the bucket is gone, also when another one has its name. The guard is mostly the
 * one that the bucket was read from, and then not read again; the commit checks that both still hold.
 */
export async function readKeyState(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
): Promise<KeyState> {
  const { guardKey } = bucket;
  const changed = readKnown(core.metadata, guardKey, bucket.guardStamp);
  const guard = isPending(changed) ? await changed : changed;
  if (guard === null) throw noSuchBucket(bucket.name);
  const isSame = guard === 'unchanged';
  const { versioning, bucketId } = isSame
    ? { versioning: bucket.versioning, bucketId: bucket.id }
    : decodeBucketFence(guard.value);
  if (!bucketId.equals(bucket.id)) throw noSuchBucket(bucket.name);
  const objectKey = objectRowKey(bucket.id, key);
  const checks: { key: Key; stamp: Stamp | null }[] = [
    { key: guardKey, stamp: isSame ? bucket.guardStamp : guard.stamp },
    core.lease.check,
  ];
  const keys = [objectKey];
  // Without versioning there are no markers, and a change of versioning changes the guard.
  if (versioning !== 'never') keys.push(markerRowKey(bucket.id, key));
  const rows = await readRows(core.metadata, keys);
  for (const [at, each] of keys.entries()) checks.push({ key: each, stamp: stampOf(rows[at]) });
  const row = rows[0] ?? rows[1];
  return { versioning, latest: row == null ? undefined : versionOf(row), checks };
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
