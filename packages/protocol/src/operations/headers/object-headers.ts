// Headers that describe an object, in requests that store it and answers that show it.

import { type Fields, header } from '../fields/fields.ts';
import { metadata } from '../fields/metadata.ts';
import { etag, imfDate, integer, text, unsigned64 } from '../forms/forms.ts';
import {
  type ObjectTypeWord,
  objectType,
  type StorageClassWord,
  storageClass,
} from '../forms/words.ts';

/** Stored and echoed as they are; `Expires` is not checked (operations reference §3.6). */
export interface SystemHeaders {
  contentType?: string | undefined;
  cacheControl?: string | undefined;
  contentDisposition?: string | undefined;
  contentEncoding?: string | undefined;
  contentLanguage?: string | undefined;
  expires?: string | undefined;
}

export const systemHeaders: Fields<SystemHeaders> = {
  contentType: header('content-type', text),
  cacheControl: header('cache-control', text),
  contentDisposition: header('content-disposition', text),
  contentEncoding: header('content-encoding', text),
  contentLanguage: header('content-language', text),
  expires: header('expires', text),
};

/** What every answer about an object says of it. */
export interface ObjectHeaders extends SystemHeaders {
  /** Bytes of this answer's body; of the whole object in answers without one. */
  contentLength?: number | undefined;
  /** Without quotes. */
  etag?: string | undefined;
  /** ms since the epoch, whole seconds. */
  lastModified?: number | undefined;
  objectType?: ObjectTypeWord | undefined;
  storageClass?: StorageClassWord | undefined;
  /** Of the whole object, also in a range's answer. */
  crc64?: bigint | undefined;
  /** Base64; only for objects stored by one request. */
  contentMd5?: string | undefined;
  versionId?: string | undefined;
  acceptRanges?: string | undefined;
  /** Names in lower case. */
  metadata: Readonly<Record<string, string>>;
}

export const objectHeaders: Fields<ObjectHeaders> = {
  ...systemHeaders,
  contentLength: header('content-length', integer(0, Number.MAX_SAFE_INTEGER)),
  etag: header('etag', etag),
  lastModified: header('last-modified', imfDate),
  objectType: header('x-oss-object-type', objectType),
  storageClass: header('x-oss-storage-class', storageClass),
  crc64: header('x-oss-hash-crc64ecma', unsigned64),
  contentMd5: header('content-md5', text),
  versionId: header('x-oss-version-id', text),
  acceptRanges: header('accept-ranges', text),
  metadata,
};

/** If-Match and its kin, as sent. */
export interface ConditionHeaders {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  /** An HTTP date; ignored when it is none. */
  ifModifiedSince?: string | undefined;
  ifUnmodifiedSince?: string | undefined;
}

export const conditionHeaders: Fields<ConditionHeaders> = {
  ifMatch: header('if-match', text),
  ifNoneMatch: header('if-none-match', text),
  ifModifiedSince: header('if-modified-since', text),
  ifUnmodifiedSince: header('if-unmodified-since', text),
};
