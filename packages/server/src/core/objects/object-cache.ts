// Objects read lately, decoded, and their small bodies once they were read. Nothing here is believed: who
// finds an object asks the store first whether its row still has the stamp it was read with, so what is
// served is as fresh as without the cache (metadata model §4). It saves decoding, copies and a second read.
import type { Bucket } from '../buckets/bucket.ts';
import type { Versioning } from '../model.ts';
import type { Key, Stamp } from '../ports/metadata.ts';
import type { StoredObject } from './stored-object.ts';

export interface CachedObject {
  readonly object: StoredObject;
  /** Of the row that is the key's latest version. */
  readonly rowKey: Key;
  readonly stamp: Stamp;
  /** Length of the row's value. */
  readonly rowBytes: number;
  /** Under which it was decoded: without versioning an object has no version id. */
  readonly versioning: Versioning;
}

/** What an entry takes besides its row and its body, in bytes. */
const entryBytes = 1_024;

type Generation = Map<string, CachedObject>;

/**
 * In two generations: what is used moves to the young one; when that is full it becomes the old one, and
 * the old one is dropped. So what was not used for long goes, without a list to be kept in order.
 */
export class ObjectCache {
  readonly #generationBytesMax: number;
  #young: Generation = new Map();
  #old: Generation = new Map();
  #youngBytes = 0;

  /** 0 = nothing is kept. */
  constructor(bytesMax: number) {
    this.#generationBytesMax = bytesMax / 2;
  }

  find(bucket: Bucket, key: string): CachedObject | undefined {
    const name = nameOf(bucket, key);
    const young = this.#young.get(name);
    if (young !== undefined) return usable(young, bucket);
    const old = this.#old.get(name);
    if (old === undefined) return undefined;
    this.#add(name, old);
    return usable(old, bucket);
  }

  keep(bucket: Bucket, entry: CachedObject): void {
    const name = nameOf(bucket, entry.object.key);
    const before = this.#young.get(name);
    if (before !== undefined) {
      this.#youngBytes -= bytesOf(before);
      this.#young.delete(name);
    }
    this.#add(name, entry);
  }

  #add(name: string, entry: CachedObject): void {
    const bytes = bytesOf(entry);
    if (bytes > this.#generationBytesMax) return;
    if (this.#youngBytes + bytes > this.#generationBytesMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(name, entry);
    this.#youngBytes += bytes;
  }
}

function nameOf(bucket: Bucket, key: string): string {
  return bucket.id.toString('latin1') + key;
}

function usable(entry: CachedObject, bucket: Bucket): CachedObject | undefined {
  return entry.versioning === bucket.versioning ? entry : undefined;
}

/** A small body counts from the beginning, though it is read only when somebody asks for it. */
function bytesOf({ object, rowKey, rowBytes }: CachedObject): number {
  const { body } = object;
  const isSmall = body.kind === 'single' && body.extent.storage === 'inline';
  return entryBytes + rowKey.length + rowBytes + (isSmall ? object.size : 0);
}
