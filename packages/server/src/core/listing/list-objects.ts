// ListObjects, both versions of it: keys in byte order, rolled up at a delimiter. The lister seeks
// past what it rolled up, so a page costs a page, whatever the bucket holds. Rules: operations
// reference §4.2.

import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { keyAfter, prefixEnd } from '../keys/bytes.ts';
import { keyOfHead, objectRowKey } from '../keys/version-keys.ts';
import { metadataLimits, type Row } from '../ports/metadata.ts';
import { readRange } from '../ports/read-rows.ts';
import type { ObjectType, StorageClass } from '../records/model.ts';
import { decodeVersionHead, type VersionHead } from '../records/version-row.ts';
import { etagText } from '../versions/etag.ts';
import { RollUp } from './roll-up.ts';

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

/** Rows of the first read where a delimiter makes it likely that most would be skipped. */
const rowsWithDelimiter = 16;

export async function listObjects(
  core: CoreContext,
  bucket: Bucket,
  query: ListObjects,
): Promise<ObjectPage> {
  if (query.limit <= 0) return { objects: [], commonPrefixes: [], isTruncated: false };
  const page = new PageBuilder(bucket, query);
  while (!page.isDone) {
    const range = page.nextRange();
    const rows = await readRange(core.metadata, range);
    page.take(rows, rows.length < range.limit);
  }
  return page.result();
}

class PageBuilder {
  readonly #limit: number;
  readonly #rollUp: RollUp;
  readonly #objects: ListedObject[] = [];
  readonly #prefixes: string[] = [];
  readonly #base: Buffer;
  readonly #end: Buffer;
  #from: Buffer;
  #rows: number;
  #last: string | undefined;
  #isTruncated = false;
  isDone = false;

  constructor(bucket: Bucket, query: ListObjects) {
    this.#limit = query.limit;
    this.#rollUp = new RollUp(query.prefix, query.delimiter);
    this.#base = objectRowKey(bucket.id, Buffer.alloc(0));
    const first = objectRowKey(bucket.id, this.#rollUp.prefix);
    this.#end = prefixEnd(first);
    this.#from = first;
    if (query.after) {
      const start = this.#startAfter(Buffer.from(query.after));
      if (Buffer.compare(start, first) > 0) this.#from = start;
    }
    this.#rows = this.#rollUp.isOn ? rowsWithDelimiter : Number.POSITIVE_INFINITY;
    this.isDone = Buffer.compare(this.#from, this.#end) >= 0;
  }

  nextRange(): { from: Buffer; to: Buffer; limit: number } {
    // One row more than there is room for tells whether the page is the last.
    const wanted = this.#limit - this.#count + 1;
    const limit = Math.min(wanted, this.#rows, metadataLimits.rangeRowsMax);
    return { from: this.#from, to: this.#end, limit };
  }

  /** `isEnd`: there is nothing behind these rows. */
  take(rows: readonly Row[], isEnd: boolean): void {
    let rolledUpTo: Buffer | undefined;
    for (const row of rows) {
      if (rolledUpTo !== undefined && Buffer.compare(row.key, rolledUpTo) < 0) continue;
      if (this.#count === this.#limit) {
        this.#isTruncated = true;
        this.isDone = true;
        return;
      }
      const common = this.#rollUp.commonPrefixOf(keyOfHead(row.key));
      if (common === undefined) this.#addObject(row);
      else this.#addPrefix(common);
      rolledUpTo = common === undefined ? undefined : this.#behind(common);
    }
    const last = rows.at(-1);
    if (isEnd || last === undefined) {
      this.isDone = true;
      return;
    }
    this.#from = rolledUpTo ?? keyAfter(last.key);
    this.#adaptReads(rolledUpTo !== undefined);
    this.isDone = Buffer.compare(this.#from, this.#end) >= 0;
  }

  result(): ObjectPage {
    const isTruncated = this.#isTruncated;
    return {
      objects: this.#objects,
      commonPrefixes: this.#prefixes,
      isTruncated,
      ...(isTruncated && this.#last !== undefined ? { next: this.#last } : {}),
    };
  }

  get #count(): number {
    return this.#objects.length + this.#prefixes.length;
  }

  /** Reads grow while rows become entries and shrink while they are rolled up. */
  #adaptReads(endedRolledUp: boolean): void {
    if (!this.#rollUp.isOn) return;
    this.#rows = endedRolledUp ? Math.max(2, this.#rows >> 1) : this.#rows * 2;
  }

  /** A marker inside a rolled-up prefix: that prefix is not behind it, whatever it contains. */
  #startAfter(after: Buffer): Buffer {
    const common = this.#rollUp.commonPrefixAround(after);
    if (common !== undefined) return this.#behind(common);
    return keyAfter(Buffer.concat([this.#base, after]));
  }

  #behind(common: Buffer): Buffer {
    return prefixEnd(Buffer.concat([this.#base, common]));
  }

  #addPrefix(common: Buffer): void {
    this.#last = common.toString();
    this.#prefixes.push(this.#last);
  }

  #addObject(row: Row): void {
    const key = keyOfHead(row.key).toString();
    this.#last = key;
    this.#objects.push(listedObject(key, decodeVersionHead(row.value)));
  }
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
