// ListObjects, both versions of it: keys in byte order, rolled up at a delimiter. Rules: operations
// reference §4.2.

import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { objectRowKey } from '../keys/version-keys.ts';
import type { ObjectType, StorageClass } from '../records/model.ts';
import { decodeVersionHead, type VersionHead } from '../records/version-row.ts';
import { etagText } from '../versions/etag.ts';
import type { Listing } from './listing.ts';
import { readPage } from './read-page.ts';

export interface ListObjects {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Only entries behind this text, whether or not it names one. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly mtimeMs: number;
  readonly type: ObjectType;
  readonly storageClass: StorageClass;
}

export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last entry of a truncated page, key or prefix. */
  readonly next?: string | undefined;
}

export async function listObjects(
  core: CoreContext,
  bucket: Bucket,
  { after, ...query }: ListObjects,
): Promise<ObjectPage> {
  const start = after ? { key: Buffer.from(after), isPast: true } : undefined;
  const page = await readPage(core, objectsOf(bucket), { ...query, start });
  const { items: objects, commonPrefixes, next } = page;
  if (next === undefined) return { objects, commonPrefixes, isTruncated: false };
  const last = 'item' in next ? next.item.key : next.prefix;
  return { objects, commonPrefixes, isTruncated: true, next: last };
}

/** Heads of keys whose latest version is an object: one row a key. */
function objectsOf(bucket: Bucket): Listing<ListedObject> {
  return {
    runs: [
      {
        base: objectRowKey(bucket.id, Buffer.alloc(0)),
        suffixBytes: 0,
        decode: (row, key) => listedObject(key.toString(), decodeVersionHead(row.value)),
      },
    ],
  };
}

export function listedObject(key: string, head: VersionHead): ListedObject {
  if (head.kind === 'DeleteMarker') throw new TypeError('a delete marker among the objects');
  return {
    key,
    size: head.size,
    etag: etagText(head),
    mtimeMs: head.mtimeMs,
    type: head.kind,
    storageClass: head.storageClass,
  };
}
