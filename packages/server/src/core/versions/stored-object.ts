// An object version as readers see it.
import type { Bucket } from '../buckets/bucket.ts';
import type { Body } from '../records/body.ts';
import type { ObjectAcl, ObjectType, StorageClass } from '../records/model.ts';
import { decodeVersionBody, decodeVersionTail } from '../records/version-row.ts';
import { etagText } from './etag.ts';
import type { Version } from './version.ts';
import { versionIdOf } from './version-id.ts';

export interface StoredObject {
  readonly key: string;
  /** Absent in a bucket that never had versioning. */
  readonly versionId?: string | undefined;
  readonly isLatest: boolean;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** MD5 of the content, where it is known. */
  readonly md5?: Buffer | undefined;
  readonly crc64: bigint;
  readonly mtimeMs: number;
  readonly type: ObjectType;
  readonly storageClass: StorageClass;
  readonly acl: ObjectAcl;
  readonly headers: ReadonlyMap<string, string>;
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the bytes are; for the core's reader. */
  readonly body: Body;
  /** A small body, once it was read; nobody writes to it. */
  smallBody?: Uint8Array | undefined;
}

export function storedObject(
  bucket: Bucket,
  key: string,
  { head, row }: Version,
  isLatest: boolean,
): StoredObject {
  if (head.kind === 'DeleteMarker') throw new TypeError('a delete marker is not an object');
  const { headers, metadata } = decodeVersionTail(row.value);
  return {
    key,
    isLatest,
    size: head.size,
    etag: etagText(head),
    crc64: head.crc64,
    mtimeMs: head.mtimeMs,
    type: head.kind,
    storageClass: head.storageClass,
    acl: head.acl,
    headers,
    metadata,
    body: decodeVersionBody(row.value),
    ...(head.etagIsMd5 ? { md5: head.etag } : {}),
    ...(bucket.versioning === 'never' ? {} : { versionId: versionIdOf(head) }),
  };
}
