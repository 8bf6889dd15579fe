// The system headers of an object between wire and store, and the answer's common headers.
import type { ObjectHeaders, SystemHeaders } from '@osskeep/protocol';
import type { StoredObject } from '../../../core/versions/stored-object.ts';

const names = {
  contentType: 'content-type',
  cacheControl: 'cache-control',
  contentDisposition: 'content-disposition',
  contentEncoding: 'content-encoding',
  contentLanguage: 'content-language',
  expires: 'expires',
} as const satisfies Record<keyof SystemHeaders, string>;

const entries = Object.entries(names) as [keyof SystemHeaders, string][];

/** What clients get who sent no type (operations reference §3.6). */
const contentTypeDefault = 'application/octet-stream';

export function storedHeaders(input: SystemHeaders): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [property, name] of entries) {
    const value = input[property];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

/** What browsers go by. */
export function shownType({
  headers,
}: StoredObject): Pick<ObjectHeaders, 'contentType' | 'contentDisposition'> {
  return {
    contentType: headers.get(names.contentType) ?? contentTypeDefault,
    contentDisposition: headers.get(names.contentDisposition),
  };
}

/** Headers of an answer about a whole object. */
export function objectHeaders(object: StoredObject): ObjectHeaders {
  const { headers } = object;
  return {
    ...shownType(object),
    cacheControl: headers.get(names.cacheControl),
    contentEncoding: headers.get(names.contentEncoding),
    contentLanguage: headers.get(names.contentLanguage),
    expires: headers.get(names.expires),
    contentLength: object.size,
    etag: object.etag,
    lastModified: object.mtimeMs,
    objectType: object.type,
    storageClass: object.storageClass,
    crc64: object.crc64,
    contentMd5: object.md5?.toString('base64'),
    versionId: object.versionId,
    acceptRanges: 'bytes',
    metadata: Object.fromEntries(object.metadata),
  };
}
