// HEAD /bucket/key?objectMeta (operations reference T0-18).

import type { Operation } from '../definition/operation.ts';
import { fields, header, query } from '../fields/fields.ts';
import { etag, imfDate, integer, text, unsigned64, versionId } from '../forms/forms.ts';

export interface GetObjectMetaInput {
  /** The latest version when absent. */
  versionId?: string | undefined;
}

export interface GetObjectMetaOutput {
  /** Bytes of the object. */
  contentLength?: number | undefined;
  /** Without quotes. */
  etag?: string | undefined;
  /** ms since the epoch, whole seconds. */
  lastModified?: number | undefined;
  crc64?: bigint | undefined;
  versionId?: string | undefined;
}

/** The few facts of an object that cost least: no stored headers, no metadata. */
export const getObjectMeta: Operation<'GetObjectMeta', GetObjectMetaInput, GetObjectMetaOutput> = {
  name: 'GetObjectMeta',
  route: { method: 'HEAD', on: 'object', query: { objectMeta: true } },
  success: 200,
  requestBody: 'none',
  request: fields<GetObjectMetaInput>({ versionId: query('versionId', versionId) }),
  response: fields<GetObjectMetaOutput>({
    contentLength: header('content-length', integer(0, Number.MAX_SAFE_INTEGER)),
    etag: header('etag', etag),
    lastModified: header('last-modified', imfDate),
    crc64: header('x-oss-hash-crc64ecma', unsigned64),
    versionId: header('x-oss-version-id', text),
  }),
};
