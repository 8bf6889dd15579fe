// What a write has to know about a key: the bucket's guard and the key's head, in one view.
import { noSuchBucket } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import { stampOf } from '../configuration.ts';
import type { CoreContext } from '../context.ts';
import { bucketGuardKey } from '../keys/configuration-keys.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../keys/version-keys.ts';
import type { Versioning } from '../model.ts';
import type { Commit } from '../ports/metadata.ts';
import { decodeBucketFence } from '../records/bucket-guard.ts';
import { type Version, versionOf } from './version.ts';

export interface KeyState {
  readonly versioning: Versioning;
  readonly latest: Version | undefined;
  /** Of the guard, of this process's fence and of the head, present or absent. */
  readonly checks: NonNullable<Commit['check']>;
}

/** Throws NoSuchBucket when the bucket is gone, also when another one has its name. */
export async function readKeyState(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
): Promise<KeyState> {
  const guardKey = bucketGuardKey(bucket.name);
  const objectKey = objectRowKey(bucket.id, key);
  const markerKey = markerRowKey(bucket.id, key);
  const view = await core.metadata.read({ keys: [guardKey, objectKey, markerKey] });
  const [guard, object, marker] = view.rows;
  const fence = guard == null ? undefined : decodeBucketFence(guard.value);
  if (fence === undefined || !fence.bucketId.equals(bucket.id)) throw noSuchBucket(bucket.name);
  const row = object ?? marker;
  const checks = [
    { key: guardKey, stamp: stampOf(guard) },
    core.lease.check,
    { key: objectKey, stamp: stampOf(object) },
  ];
  // Without versioning there are no markers, and a change of versioning changes the guard.
  if (fence.versioning !== 'never') checks.push({ key: markerKey, stamp: stampOf(marker) });
  return {
    versioning: fence.versioning,
    latest: row == null ? undefined : versionOf(row),
    checks,
  };
}

/** An older version of a key; its bucket and head are checked elsewhere. */
export async function readOlder(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  seq: number,
): Promise<Version | undefined> {
  const view = await core.metadata.read({ keys: [versionRowKey(bucket.id, key, seq)] });
  const row = view.rows[0];
  return row == null ? undefined : versionOf(row);
}
