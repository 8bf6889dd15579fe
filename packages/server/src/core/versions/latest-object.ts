// The latest versions of keys, from the cache while their rows are the same.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Row } from '../ports/metadata.ts';
import { inOwnMemory } from '../ports/own-memory.ts';
import { readKnown } from '../ports/read-rows.ts';
import { findLatest } from './find-version.ts';
import { ObjectCache } from './object-cache.ts';
import { type StoredObject, storedObject } from './stored-object.ts';
import { type Version, versionOf } from './version.ts';

export class LatestObjects {
  readonly #core: CoreContext;
  readonly #cache: ObjectCache;

  /** `cacheBytes`: memory for objects that were read lately; 0 = none. */
  constructor(core: CoreContext, cacheBytes: number) {
    this.#core = core;
    this.#cache = new ObjectCache(cacheBytes);
  }

  /** Throws NoSuchKey. One read, without copies, where the object is known. */
  get(bucket: Bucket, key: string): Eventually<StoredObject> {
    const known = this.#cache.find(bucket, key);
    if (known === undefined) return this.#read(bucket, key);
    return whenThere(readKnown(this.#core.metadata, known.rowKey, known.stamp), (row) =>
      row === 'unchanged' ? known.object : this.#read(bucket, key, row),
    );
  }

  async #read(bucket: Bucket, key: string, row: Row | null = null): Promise<StoredObject> {
    const version = row === null ? await findLatest(this.#core, bucket, key) : versionOf(row);
    return this.#keep(bucket, key, version);
  }

  #keep(bucket: Bucket, key: string, version: Version): StoredObject {
    const object = storedObject(bucket, key, version, true);
    const { row } = version;
    this.#cache.keep(bucket, {
      object,
      rowKey: inOwnMemory(row.key),
      stamp: row.stamp,
      rowBytes: row.value.length,
      versioning: bucket.versioning,
    });
    return object;
  }
}
