// PUT /bucket/key (operations reference T0-15).

import type { Body } from '../definition/message.ts';
import type { Operation } from '../definition/operation.ts';
import { bytes, fields, header } from '../fields/fields.ts';
import { metadata } from '../fields/metadata.ts';
import { booleanText, etag, integer, text, unsigned64 } from '../forms/forms.ts';
import {
  type ObjectAclWord,
  objectAcl,
  type StorageClassWord,
  storageClass,
} from '../forms/words.ts';
import { type SystemHeaders, systemHeaders } from '../headers/object-headers.ts';

export interface PutObjectInput extends SystemHeaders {
  body: Body;
  /** Bytes; at most 5 GiB. */
  contentLength?: number | undefined;
  /** Base64 of the body's MD5; a body that differs is refused. */
  contentMd5?: string | undefined;
  /** CRC-64/XZ of the body; a body that differs is refused. */
  crc64?: bigint | undefined;
  /** `default` when absent: the bucket's ACL holds. */
  objectAcl?: ObjectAclWord | undefined;
  /** The bucket's class when absent. */
  storageClass?: StorageClassWord | undefined;
  /** True: 409 FileAlreadyExists where the key exists. Ignored once versioning was set. */
  forbidOverwrite?: boolean | undefined;
  /** Names of letters, digits and hyphens; at most 8 KiB with their values. */
  metadata: Readonly<Record<string, string>>;
}

export interface PutObjectOutput {
  /** Upper-case hex MD5 of the content, without quotes. */
  etag?: string | undefined;
  contentMd5?: string | undefined;
  crc64?: bigint | undefined;
  versionId?: string | undefined;
}

/** Stores an object whole; a reader sees the old one or the new one, never a mix. */
export const putObject: Operation<'PutObject', PutObjectInput, PutObjectOutput> = {
  name: 'PutObject',
  route: { method: 'PUT', on: 'object' },
  success: 200,
  requestBody: 'stream',
  notBuilt: {
    headers: [
      'if-match',
      'if-none-match',
      'if-modified-since',
      'if-unmodified-since',
      'x-oss-callback',
      'x-oss-callback-var',
      'x-oss-object-worm-legal-hold',
      'x-oss-object-worm-mode',
      'x-oss-object-worm-retain-until-date',
      'x-oss-persistent-headers',
      'x-oss-server-side-data-encryption',
      'x-oss-server-side-encryption',
      'x-oss-server-side-encryption-customer-algorithm',
      'x-oss-server-side-encryption-customer-key',
      'x-oss-server-side-encryption-customer-key-md5',
      'x-oss-server-side-encryption-key-id',
      'x-oss-tagging',
      'x-oss-traffic-limit',
    ],
    query: ['callback', 'callback-var', 'x-oss-traffic-limit'],
  },
  request: fields<PutObjectInput>({
    ...systemHeaders,
    body: bytes,
    contentLength: header('content-length', integer(0, Number.MAX_SAFE_INTEGER)),
    contentMd5: header('content-md5', text),
    crc64: header('x-oss-hash-crc64ecma', unsigned64),
    objectAcl: header('x-oss-object-acl', objectAcl),
    storageClass: header('x-oss-storage-class', storageClass),
    forbidOverwrite: header('x-oss-forbid-overwrite', booleanText('InvalidForbidOverwrite')),
    metadata,
  }),
  response: fields<PutObjectOutput>({
    etag: header('etag', etag),
    contentMd5: header('content-md5', text),
    crc64: header('x-oss-hash-crc64ecma', unsigned64),
    versionId: header('x-oss-version-id', text),
  }),
};
