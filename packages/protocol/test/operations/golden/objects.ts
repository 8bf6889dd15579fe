// Golden bytes of objects.
import { type GoldenRecord, utf8, versionId } from './golden.ts';

const storedObject = {
  'content-type': 'text/plain',
  'content-length': '5',
  etag: '"5D41402ABC4B2A76B9719D911017C592"',
  'last-modified': 'Wed, 28 Dec 2022 10:27:41 GMT',
  'accept-ranges': 'bytes',
  'x-oss-object-type': 'Normal',
  'x-oss-storage-class': 'Standard',
  'x-oss-hash-crc64ecma': '11051210869376104954',
};
const storedObjectOutput = {
  contentType: 'text/plain',
  contentLength: 5,
  etag: '5D41402ABC4B2A76B9719D911017C592',
  lastModified: Date.UTC(2022, 11, 28, 10, 27, 41),
  acceptRanges: 'bytes',
  objectType: 'Normal',
  storageClass: 'Standard',
  crc64: 11051210869376104954n,
} as const;

export const objects: Pick<
  GoldenRecord,
  'PutObject' | 'GetObject' | 'HeadObject' | 'GetObjectMeta' | 'DeleteObject'
> = {
  PutObject: {
    requests: [
      {
        source: 'ali-oss 6.23.0, put(key, buffer, { mime, meta, headers })',
        wire: {
          method: 'PUT',
          target: '/dir/key%20%2B%E4%B8%AD.txt',
          headers: {
            'cache-control': 'no-cache',
            'x-oss-object-acl': 'private',
            'x-oss-storage-class': 'IA',
            'x-oss-forbid-overwrite': 'true',
            'x-oss-meta-uid': '1',
            'x-oss-meta-name': 'x',
            'content-type': 'text/plain',
            'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
            'content-length': '5',
          },
          body: 'hello',
        },
        input: {
          body: utf8('hello'),
          cacheControl: 'no-cache',
          objectAcl: 'private',
          storageClass: 'IA',
          forbidOverwrite: true,
          metadata: { uid: '1', name: 'x' },
          contentType: 'text/plain',
          contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==',
          contentLength: 5,
        },
      },
      {
        source: 'ali-oss 6.23.0, put(key, empty buffer)',
        wire: {
          method: 'PUT',
          target: '/key0',
          headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==', 'content-length': '0' },
        },
        input: {
          body: utf8(''),
          contentMd5: '1B2M2Y8AsgTpgAmY7PhCfg==',
          contentLength: 0,
          metadata: {},
        },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-15, §3.2: never versioned',
        wire: {
          status: 200,
          headers: {
            etag: '"5D41402ABC4B2A76B9719D911017C592"',
            'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
            'x-oss-hash-crc64ecma': '11051210869376104954',
          },
        },
        output: {
          etag: '5D41402ABC4B2A76B9719D911017C592',
          contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==',
          crc64: 11051210869376104954n,
        },
      },
      {
        source: 'operations reference T0-15, §3.8: versioned',
        wire: {
          status: 200,
          headers: { etag: '"D41D8CD98F00B204E9800998ECF8427E"', 'x-oss-version-id': versionId },
        },
        output: { etag: 'D41D8CD98F00B204E9800998ECF8427E', versionId },
      },
    ],
  },
  GetObject: {
    requests: [
      {
        source: 'alibabacloud-oss-v2 1.4.1 (Python), get_object with range, behavior and version',
        wire: {
          method: 'GET',
          target: '/bucket-1/key0?versionId=null',
          headers: { range: 'bytes=0-3', 'x-oss-range-behavior': 'standard' },
        },
        input: { versionId: 'null', range: 'bytes=0-3', rangeBehavior: 'standard' },
      },
      {
        source: 'oss2 2.19.1 (Python), get_object with If-None-Match and response-content-type',
        wire: {
          method: 'GET',
          target: '/bucket-1/key0?response-content-type=text%2Fplain',
          headers: { 'if-none-match': '"x"' },
        },
        input: { responseContentType: 'text/plain', ifNoneMatch: '"x"' },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-16: the whole object',
        wire: { status: 200, headers: storedObject, body: 'hello' },
        output: { ...storedObjectOutput, metadata: {}, body: utf8('hello') },
      },
      {
        source: 'operations reference T0-16, §3.4, §3.8: a range of a version',
        wire: {
          status: 206,
          headers: {
            ...storedObject,
            'content-length': '2',
            'content-range': 'bytes 1-2/5',
            'content-disposition': 'attachment; filename="中.txt"',
            expires: '1000000',
            'x-oss-version-id': versionId,
            'x-oss-meta-uid': '1',
          },
          body: 'el',
        },
        output: {
          ...storedObjectOutput,
          contentLength: 2,
          contentRange: 'bytes 1-2/5',
          contentDisposition: 'attachment; filename="中.txt"',
          expires: '1000000',
          versionId,
          metadata: { uid: '1' },
          body: utf8('el'),
        },
      },
    ],
  },
  HeadObject: {
    requests: [
      {
        source: 'alibabacloud-oss-v2 1.4.1 (Python), head_object with If-Match',
        wire: { method: 'HEAD', target: '/bucket-1/key0', headers: { 'if-match': '"x"' } },
        input: { ifMatch: '"x"' },
      },
      {
        source: 'ali-oss 6.23.0, head(key, { versionId })',
        wire: { method: 'HEAD', target: '/key0?versionId=null' },
        input: { versionId: 'null' },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-17: length of the object, no body',
        wire: { status: 200, headers: { ...storedObject, 'x-oss-meta-uid': '1' } },
        output: { ...storedObjectOutput, metadata: { uid: '1' } },
      },
    ],
  },
  GetObjectMeta: {
    requests: [
      {
        source: 'alibabacloud-oss-v2 1.4.1 (Python), get_object_meta with a version',
        wire: { method: 'HEAD', target: '/bucket-1/key0?objectMeta=&versionId=null' },
        input: { versionId: 'null' },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-18: none of the stored headers',
        wire: {
          status: 200,
          headers: {
            'content-length': '5',
            etag: '"5D41402ABC4B2A76B9719D911017C592"',
            'last-modified': 'Wed, 28 Dec 2022 10:27:41 GMT',
            'x-oss-hash-crc64ecma': '11051210869376104954',
            'x-oss-version-id': 'null',
          },
        },
        output: {
          contentLength: 5,
          etag: '5D41402ABC4B2A76B9719D911017C592',
          lastModified: Date.UTC(2022, 11, 28, 10, 27, 41),
          crc64: 11051210869376104954n,
          versionId: 'null',
        },
      },
    ],
  },
  DeleteObject: {
    requests: [
      {
        source: 'ali-oss 6.23.0, delete(key, { versionId })',
        wire: { method: 'DELETE', target: '/key0?versionId=null' },
        input: { versionId: 'null' },
      },
      {
        source: 'operations reference T0-21',
        wire: { method: 'DELETE', target: '/key0' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-21, §3.8: never versioned',
        wire: { status: 204 },
        output: {},
      },
      {
        source: 'operations reference T0-21, §3.8: a marker was made',
        wire: {
          status: 204,
          headers: { 'x-oss-version-id': versionId, 'x-oss-delete-marker': 'true' },
        },
        output: { versionId, deleteMarker: true },
      },
    ],
  },
};
