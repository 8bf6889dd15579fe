// Finds the version a request means: the latest, or the one of a version id.
// Rules: operations reference §3.8, errors reference §2.

import {
  deleteMarkerRefused,
  noSuchKey,
  noSuchKeyBehindMarker,
  noSuchVersion,
} from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../keys/version-keys.ts';
import { readRows } from '../ports/read-rows.ts';
import { objectKeyBytes } from './object-key.ts';
import { type Version, versionOf } from './version.ts';
import { isVersion, parseVersionId, versionIdOf } from './version-id.ts';

export interface FoundVersion {
  readonly version: Version;
  readonly isLatest: boolean;
}

/** An object; throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker's id. */
export async function findObjectVersion(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  method: string,
): Promise<FoundVersion> {
  if (versionId === undefined) {
    return { version: await findLatest(core, bucket, key), isLatest: true };
  }
  const found = await findById(core, bucket, key, versionId);
  if (found === undefined) throw noSuchVersion(key, versionId);
  if (found.version.head.kind === 'DeleteMarker') throw deleteMarkerRefused(method, versionId);
  return found;
}

/** Throws NoSuchKey. */
export async function findLatest(core: CoreContext, bucket: Bucket, key: string): Promise<Version> {
  const bytes = objectKeyBytes(key);
  const keys = [objectRowKey(bucket.id, bytes)];
  // Where versioning never was, no marker can be.
  if (bucket.versioning !== 'never') keys.push(markerRowKey(bucket.id, bytes));
  const [object, marker] = await readRows(core.metadata, keys);
  if (object != null) return versionOf(object);
  if (marker == null) throw noSuchKey(key);
  throw noSuchKeyBehindMarker(key, versionIdOf(versionOf(marker).head));
}

async function findById(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  versionId: string,
): Promise<FoundVersion | undefined> {
  const ref = parseVersionId(versionId);
  const bytes = objectKeyBytes(key);
  const keys = [objectRowKey(bucket.id, bytes), markerRowKey(bucket.id, bytes)];
  if (!ref.isNull) keys.push(versionRowKey(bucket.id, bytes, ref.seq));
  let [object, marker, older] = await readRows(core.metadata, keys);
  let row = object ?? marker;
  if (row == null) return undefined;
  let latest = versionOf(row);
  if (ref.isNull && latest.head.nullSeq !== 0 && latest.head.nullSeq !== latest.head.seq) {
    // The head says where the `null` version is: one view of both, so that none is missed.
    const nullKey = versionRowKey(bucket.id, bytes, latest.head.nullSeq);
    [object, marker, older] = await readRows(core.metadata, [...keys, nullKey]);
    row = object ?? marker;
    if (row == null) return undefined;
    latest = versionOf(row);
  }
  if (isVersion(latest.head, ref)) return { version: latest, isLatest: true };
  if (older == null) return undefined;
  const version = versionOf(older);
  return isVersion(version.head, ref) ? { version, isLatest: false } : undefined;
}
