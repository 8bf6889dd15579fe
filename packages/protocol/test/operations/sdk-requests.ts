// Requests as official SDKs put them on the wire, recorded by a listening socket: with the parameters
// they send empty, the types and digests they add to bodies that are not there, and `name=` for a name
// alone. Host, signature, date, user agent and connection are left out.
import {
  type AnySdkRequest,
  aliOss,
  emptyMd5,
  identity,
  ofEmptyBody,
  oss2,
  ossV2,
} from './sdk-request.ts';
import { sdkSettingRequests } from './sdk-setting-requests.ts';

const createBucket =
  '<CreateBucketConfiguration><StorageClass>IA</StorageClass>' +
  '<DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>';

export const sdkRequests: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'list_buckets with an empty marker',
    operation: 'ListBuckets',
    wire: { method: 'GET', target: '/?prefix=b&marker=&max-keys=5', headers: identity },
    input: { prefix: 'b', maxKeys: 5 },
  },
  {
    sdk: ossV2,
    call: 'list_buckets',
    operation: 'ListBuckets',
    wire: { method: 'GET', target: '/?max-keys=5&prefix=b', headers: ofEmptyBody },
    input: { prefix: 'b', maxKeys: 5 },
  },
  {
    sdk: oss2,
    call: 'create_bucket: no declaration, no content type',
    operation: 'PutBucket',
    wire: {
      method: 'PUT',
      target: '/bucket-1/',
      headers: { ...identity, 'x-oss-acl': 'private', 'Content-Length': '130' },
      body: createBucket,
    },
    input: { acl: 'private', configuration: { storageClass: 'IA', dataRedundancyType: 'ZRS' } },
  },
  {
    sdk: oss2,
    call: 'create_bucket without arguments',
    operation: 'PutBucket',
    wire: {
      method: 'PUT',
      target: '/bucket-1/',
      headers: { ...identity, 'Content-Length': '0' },
    },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'put_bucket',
    operation: 'PutBucket',
    wire: {
      method: 'PUT',
      target: '/bucket-1/',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'x-oss-acl': 'private',
        'Content-MD5': 'tkg5x9wuNQgXymcwY9zo2g==',
        'Content-Length': '130',
      },
      body: createBucket,
    },
    input: { acl: 'private', configuration: { storageClass: 'IA', dataRedundancyType: 'ZRS' } },
  },
  {
    sdk: oss2,
    call: 'get_bucket_info',
    operation: 'GetBucketInfo',
    wire: { method: 'GET', target: '/bucket-1/?bucketInfo=', headers: identity },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'get_bucket_location: a digest of no body',
    operation: 'GetBucketLocation',
    wire: {
      method: 'GET',
      target: '/bucket-1/?location=',
      headers: { ...identity, 'Content-MD5': emptyMd5 },
    },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'delete_bucket: type, digest and length of no body',
    operation: 'DeleteBucket',
    wire: {
      method: 'DELETE',
      target: '/bucket-1/',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'Content-MD5': emptyMd5,
        'Content-Length': '0',
      },
    },
    input: {},
  },
  {
    sdk: oss2,
    call: 'put_object: the slash of the key escaped',
    operation: 'PutObject',
    wire: {
      method: 'PUT',
      target: '/bucket-1/dir%2Fkey%20%2B%E4%B8%AD.txt',
      headers: {
        ...identity,
        'x-oss-meta-uid': '1',
        'x-oss-object-acl': 'private',
        'Cache-Control': 'no-cache',
        'Content-Type': 'text/plain',
        'Content-Length': '5',
      },
      body: 'hello',
    },
    input: {
      body: new TextEncoder().encode('hello'),
      objectAcl: 'private',
      cacheControl: 'no-cache',
      contentType: 'text/plain',
      contentLength: 5,
      metadata: { uid: '1' },
    },
  },
  {
    sdk: ossV2,
    call: 'put_object',
    operation: 'PutObject',
    wire: {
      method: 'PUT',
      target: '/bucket-1/dir/key%20%2B%E4%B8%AD.txt',
      headers: {
        ...identity,
        'x-oss-object-acl': 'private',
        'x-oss-storage-class': 'IA',
        'x-oss-meta-uid': '1',
        'Cache-Control': 'no-cache',
        'x-oss-forbid-overwrite': 'true',
        'Content-Type': 'text/plain',
        'Content-Length': '5',
      },
      body: 'hello',
    },
    input: {
      body: new TextEncoder().encode('hello'),
      objectAcl: 'private',
      storageClass: 'IA',
      cacheControl: 'no-cache',
      forbidOverwrite: true,
      contentType: 'text/plain',
      contentLength: 5,
      metadata: { uid: '1' },
    },
  },
  {
    sdk: aliOss,
    call: 'get with a Range header',
    operation: 'GetObject',
    wire: { method: 'GET', target: '/key0?versionId=null', headers: { range: 'bytes=0-3' } },
    input: { versionId: 'null', range: 'bytes=0-3' },
  },
  {
    sdk: aliOss,
    call: 'getObjectMeta',
    operation: 'GetObjectMeta',
    wire: { method: 'HEAD', target: '/key0?objectMeta=' },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'delete_object: digest and length of no body',
    operation: 'DeleteObject',
    wire: {
      method: 'DELETE',
      target: '/bucket-1/key0?versionId=null',
      headers: { ...identity, 'Content-MD5': emptyMd5, 'Content-Length': '0' },
    },
    input: { versionId: 'null' },
  },
  {
    sdk: oss2,
    call: 'list_objects without arguments: every parameter, most of them empty',
    operation: 'ListObjects',
    wire: {
      method: 'GET',
      target: '/bucket-1/?prefix=&delimiter=&marker=&max-keys=100&encoding-type=url',
      headers: identity,
    },
    input: { maxKeys: 100, encodingType: 'url' },
  },
  {
    sdk: ossV2,
    call: 'list_objects',
    operation: 'ListObjects',
    wire: {
      method: 'GET',
      target: '/bucket-1/?encoding-type=url&delimiter=%2F&marker=a%2Fb&max-keys=3&prefix=a%2F',
      headers: ofEmptyBody,
    },
    input: { prefix: 'a/', delimiter: '/', marker: 'a/b', maxKeys: 3, encodingType: 'url' },
  },
  {
    sdk: oss2,
    call: 'list_objects_v2 without arguments: every parameter, most of them empty',
    operation: 'ListObjectsV2',
    wire: {
      method: 'GET',
      target:
        '/bucket-1/?list-type=2&prefix=&delimiter=&continuation-token=&start-after=' +
        '&fetch-owner=false&max-keys=100&encoding-type=url',
      headers: identity,
    },
    input: { maxKeys: 100, fetchOwner: false, encodingType: 'url' },
  },
  {
    sdk: aliOss,
    call: 'listV2 without encoding',
    operation: 'ListObjectsV2',
    wire: {
      method: 'GET',
      target:
        '/?list-type=2&prefix=a%2F&delimiter=%2F&start-after=a%2Fb&max-keys=3&fetch-owner=true' +
        '&continuation-token=CgJiYw--',
    },
    input: {
      prefix: 'a/',
      delimiter: '/',
      startAfter: 'a/b',
      maxKeys: 3,
      fetchOwner: true,
      continuationToken: 'CgJiYw--',
    },
  },
  ...sdkSettingRequests,
];
