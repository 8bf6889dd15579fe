// The latest versions of keys, from the cache while their rows are the same.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import type { KnownRow, RequestView } from '../context/request-view.ts';
import { inOwnMemory } from '../keys/own-memory.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Found } from '../ports/metadata.ts';
import { findLatest } from './find-version.ts';
import { type CachedObject, ObjectCache } from './object-cache.ts';
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

  /** For a view to ask for; undefined where the object is not known. */
  known(bucket: Bucket, key: string): KnownRow | undefined {
    return this.#cache.find(bucket, key)?.row;
  }

  /**
   * As of the view, as of now where there is none. Throws NoSuchKey. No trip where the view asked for the
   * object, and one, without copies, where it is known.
   */
  get(bucket: Bucket, key: string, at?: RequestView): Eventually<StoredObject> {
    const known = this.#cache.find(bucket, key);
    if (known === undefined) return this.#read(bucket, key, at);
    const found = at?.found(known.row);
    if (found !== undefined) return this.#after(bucket, key, known, found, at);
    return whenThere(this.#core.metadata.read({ keys: [known.row] }), ({ rows }) => {
      const now = rows[0] ?? null;
      if (now === 'unchanged') at?.add(known.row);
      return this.#after(bucket, key, known, now, at);
    });
  }

  #after(
    bucket: Bucket,
    key: string,
    known: CachedObject,
    found: Found,
    at: RequestView | undefined,
  ): Eventually<StoredObject> {
    if (found === 'unchanged') return known.object;
    if (found === null) return this.#read(bucket, key, at);
    return this.#keep(bucket, key, versionOf(found), at);
  }

  async #read(bucket: Bucket, key: string, at: RequestView | undefined): Promise<StoredObject> {
    return this.#keep(bucket, key, await findLatest(this.#core, bucket, key), at);
  }

  #keep(bucket: Bucket, key: string, version: Version, at: RequestView | undefined): StoredObject {
    const object = storedObject(bucket, key, version, true);
    const row = { key: inOwnMemory(version.row.key), known: version.row.stamp };
    const rowBytes = version.row.value.length;
    this.#cache.keep(bucket, { object, row, rowBytes, versioning: bucket.versioning });
    at?.add(row);
    return object;
  }
}
