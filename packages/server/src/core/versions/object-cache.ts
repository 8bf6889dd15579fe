// Objects read lately, decoded, and their small bodies once they were read. Nothing here is believed: who
// finds an object asks the store first whether its row still has the stamp it was read with, so what is
// served is as fresh as without the cache (metadata model §4). It saves decoding, copies and a second read.
import type { Bucket } from '../buckets/bucket.ts';
import { GenerationCache } from '../context/generation-cache.ts';
import type { KnownRow } from '../context/request-view.ts';
import type { Versioning } from '../records/model.ts';
import type { StoredObject } from './stored-object.ts';

export interface CachedObject {
  readonly object: StoredObject;
  /** The key's latest version. */
  readonly row: KnownRow;
  /** Length of the row's value. */
  readonly rowBytes: number;
  /** Under which it was decoded: without versioning an object has no version id. */
  readonly versioning: Versioning;
}

/** What an entry takes besides its row and its body, in bytes. */
const entryBytes = 1_024;

export class ObjectCache {
  readonly #objects: GenerationCache<CachedObject>;
  /** A bucket's id as text, made once. */
  readonly #groups = new WeakMap<Bucket, string>();

  /** 0 = nothing is kept. */
  constructor(bytesMax: number) {
    this.#objects = new GenerationCache(bytesMax);
  }

  find(bucket: Bucket, key: string): CachedObject | undefined {
    const found = this.#objects.get(this.#groupOf(bucket), key);
    return found?.versioning === bucket.versioning ? found : undefined;
  }

  keep(bucket: Bucket, entry: CachedObject): void {
    this.#objects.set(this.#groupOf(bucket), entry.object.key, entry, bytesOf(entry));
  }

  #groupOf(bucket: Bucket): string {
    let group = this.#groups.get(bucket);
    if (group === undefined) {
      group = bucket.id.toString('latin1');
      this.#groups.set(bucket, group);
    }
    return group;
  }
}

/** A small body counts from the beginning, though it is read only when somebody asks for it. */
function bytesOf({ object, row, rowBytes }: CachedObject): number {
  const { body } = object;
  const isSmall = body.kind === 'single' && body.extent.storage === 'inline';
  return entryBytes + row.key.length + rowBytes + (isSmall ? object.size : 0);
}
