// The latest version of a key, from the cache while its row is the same.

import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { inOwnMemory } from '../keys/own-memory.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Row } from '../ports/metadata.ts';
import { readKnown } from '../ports/read-rows.ts';
import { findLatest } from './find-version.ts';
import { type StoredObject, storedObject } from './stored-object.ts';
import { type Version, versionOf } from './version.ts';

/** Throws NoSuchKey. One read, without copies, where the object is known. */
export function latestObject(
  core: CoreContext,
  bucket: Bucket,
  key: string,
): Eventually<StoredObject> {
  const known = core.objectCache.find(bucket, key);
  if (known === undefined) return readLatest(core, bucket, key);
  return whenThere(readKnown(core.metadata, known.rowKey, known.stamp), (row) =>
    row === 'unchanged' ? known.object : readLatest(core, bucket, key, row),
  );
}

async function readLatest(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  row: Row | null = null,
): Promise<StoredObject> {
  const version = row === null ? await findLatest(core, bucket, key) : versionOf(row);
  return keep(core, bucket, key, version);
}

function keep(core: CoreContext, bucket: Bucket, key: string, version: Version): StoredObject {
  const object = storedObject(bucket, key, version, true);
  const { row } = version;
  core.objectCache.keep(bucket, {
    object,
    rowKey: inOwnMemory(row.key),
    stamp: row.stamp,
    rowBytes: row.value.length,
    versioning: bucket.versioning,
  });
  return object;
}
