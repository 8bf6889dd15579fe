// The bytes each operation has on the wire, literally. Requests were put on the wire by official SDKs
// and recorded by a listening socket (host, signature, date and user agent left out); responses follow
// the reference. A record over the names: an operation without fixtures does not compile.
import type { OperationName } from '../../src/operations/index.ts';
import type { InputOf, OutputOf } from './arbitraries.ts';
import type { WireRequest, WireResponse } from './wire.ts';

interface Requested<Input> {
  /** The SDK, its version and call, or the section of the reference. */
  readonly source: string;
  readonly wire: WireRequest;
  readonly input: Input;
}

interface Answered<Output> {
  readonly source: string;
  readonly wire: WireResponse;
  readonly output: Output;
}

type AtLeastOne<T> = readonly [T, ...T[]];

export interface Golden<Input, Output> {
  readonly requests: AtLeastOne<Requested<Input>>;
  readonly responses: AtLeastOne<Answered<Output>>;
}

export type GoldenRecord = {
  readonly [Name in OperationName]: Golden<InputOf<Name>, OutputOf<Name>>;
};

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const xml: Readonly<Record<string, string>> = { 'content-type': 'application/xml' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const versionId = 'CAEQARiBgID8rumR2hYiIGUyOTAyZGY2MzU5MjQ5ZjlhYzQzZjNlYTAyZDE3MDRk';

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

export const golden: GoldenRecord = {
  ListBuckets: {
    requests: [
      {
        source: 'ali-oss 6.23.0, listBuckets({ prefix, max-keys })',
        wire: { method: 'GET', target: '/?prefix=b&max-keys=5' },
        input: { prefix: 'b', maxKeys: 5 },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-01, §3.1, §4.2: not paged',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListAllMyBucketsResult><Owner><ID>1234567890</ID>` +
            '<DisplayName>alice</DisplayName></Owner><Buckets><Bucket><Name>examplebucket</Name>' +
            '<CreationDate>2022-12-28T10:27:41.000Z</CreationDate>' +
            '<Location>oss-cn-hangzhou</Location><Region>cn-hangzhou</Region>' +
            '<StorageClass>Standard</StorageClass>' +
            '<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>' +
            '<IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>' +
            '<ResourceGroupId>rg-default</ResourceGroupId></Bucket></Buckets>' +
            '</ListAllMyBucketsResult>',
        },
        output: {
          owner: { id: '1234567890', displayName: 'alice' },
          buckets: [
            {
              name: 'examplebucket',
              creationDate: Date.UTC(2022, 11, 28, 10, 27, 41),
              location: 'oss-cn-hangzhou',
              region: 'cn-hangzhou',
              storageClass: 'Standard',
              extranetEndpoint: 'oss-cn-hangzhou.aliyuncs.com',
              intranetEndpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
              resourceGroupId: 'rg-default',
            },
          ],
        },
      },
      {
        source: 'operations reference T0-01: truncated',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListAllMyBucketsResult><Prefix>ex</Prefix><Marker></Marker>` +
            '<MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated>' +
            '<NextMarker>examplebucket</NextMarker><Owner><ID>1</ID>' +
            '<DisplayName>1</DisplayName></Owner><Buckets></Buckets></ListAllMyBucketsResult>',
        },
        output: {
          prefix: 'ex',
          marker: '',
          maxKeys: 1,
          isTruncated: true,
          nextMarker: 'examplebucket',
          owner: { id: '1', displayName: '1' },
          buckets: [],
        },
      },
    ],
  },
  PutBucket: {
    requests: [
      {
        source: 'ali-oss 6.23.0, putBucket(name, { acl, storageClass, dataRedundancyType })',
        wire: {
          method: 'PUT',
          target: '/',
          headers: { 'x-oss-acl': 'private', ...xml },
          body:
            `${declaration}<CreateBucketConfiguration><StorageClass>IA</StorageClass>` +
            '<DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>',
        },
        input: {
          acl: 'private',
          configuration: { storageClass: 'IA', dataRedundancyType: 'ZRS' },
        },
      },
      {
        source: 'ali-oss 6.23.0, putBucket(name)',
        wire: { method: 'PUT', target: '/' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-02',
        wire: { status: 200, headers: { location: '/examplebucket' } },
        output: { location: '/examplebucket' },
      },
    ],
  },
  HeadBucket: {
    requests: [
      {
        source: 'operations reference T0-03',
        wire: { method: 'HEAD', target: '/' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-03',
        wire: { status: 200, headers: { 'x-oss-bucket-region': 'cn-hangzhou' } },
        output: { region: 'cn-hangzhou' },
      },
    ],
  },
  DeleteBucket: {
    requests: [
      {
        source: 'ali-oss 6.23.0, deleteBucket(name)',
        wire: { method: 'DELETE', target: '/' },
        input: {},
      },
    ],
    responses: [{ source: 'operations reference T0-04', wire: { status: 204 }, output: {} }],
  },
  GetBucketInfo: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getBucketInfo(name)',
        wire: { method: 'GET', target: '/?bucketInfo=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-05, §4.3: a new bucket',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<BucketInfo><Bucket><AccessMonitor>Disabled</AccessMonitor>` +
            '<BlockPublicAccess>true</BlockPublicAccess>' +
            '<CreationDate>2022-12-28T10:27:41.000Z</CreationDate>' +
            '<CrossRegionReplication>Disabled</CrossRegionReplication>' +
            '<DataRedundancyType>LRS</DataRedundancyType>' +
            '<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>' +
            '<IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>' +
            '<Location>oss-cn-hangzhou</Location><Name>examplebucket</Name>' +
            '<ResourceGroupId>rg-default</ResourceGroupId>' +
            '<StorageClass>Standard</StorageClass>' +
            '<TransferAcceleration>Disabled</TransferAcceleration>' +
            '<Owner><ID>1234567890</ID><DisplayName>alice</DisplayName></Owner>' +
            '<AccessControlList><Grant>private</Grant></AccessControlList>' +
            '<ServerSideEncryptionRule><SSEAlgorithm>None</SSEAlgorithm>' +
            '</ServerSideEncryptionRule>' +
            '<BucketPolicy><LogBucket></LogBucket><LogPrefix></LogPrefix></BucketPolicy>' +
            '</Bucket></BucketInfo>',
        },
        output: {
          bucket: {
            name: 'examplebucket',
            location: 'oss-cn-hangzhou',
            creationDate: Date.UTC(2022, 11, 28, 10, 27, 41),
            storageClass: 'Standard',
            dataRedundancyType: 'LRS',
            extranetEndpoint: 'oss-cn-hangzhou.aliyuncs.com',
            intranetEndpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
            owner: { id: '1234567890', displayName: 'alice' },
            acl: 'private',
            resourceGroupId: 'rg-default',
            accessMonitor: 'Disabled',
            transferAcceleration: 'Disabled',
            crossRegionReplication: 'Disabled',
            encryption: { sseAlgorithm: 'None' },
            logging: {},
            blockPublicAccess: true,
          },
        },
      },
      {
        source: 'operations reference §4.3: versioned, logged, encrypted',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<BucketInfo><Bucket><Comment> a &amp; b </Comment>` +
            '<CreationDate>2022-12-28T10:27:41.000Z</CreationDate>' +
            '<DataRedundancyType>ZRS</DataRedundancyType>' +
            '<ExtranetEndpoint>e</ExtranetEndpoint>' +
            '<HierarchicalNamespace>Enabled</HierarchicalNamespace>' +
            '<IntranetEndpoint>i</IntranetEndpoint><Location>oss-cn-hangzhou</Location>' +
            '<Name>examplebucket</Name><Region>cn-hangzhou</Region>' +
            '<StorageClass>ColdArchive</StorageClass>' +
            '<Versioning>Suspended</Versioning><Owner><ID>1</ID><DisplayName>1</DisplayName>' +
            '</Owner><AccessControlList><Grant>public-read</Grant></AccessControlList>' +
            '<ServerSideEncryptionRule><SSEAlgorithm>KMS</SSEAlgorithm>' +
            '<KMSMasterKeyID>key-1</KMSMasterKeyID><KMSDataEncryption>SM4</KMSDataEncryption>' +
            '</ServerSideEncryptionRule><BucketPolicy><LogBucket>logs</LogBucket>' +
            '<LogPrefix>access/</LogPrefix></BucketPolicy></Bucket></BucketInfo>',
        },
        output: {
          bucket: {
            name: 'examplebucket',
            location: 'oss-cn-hangzhou',
            region: 'cn-hangzhou',
            creationDate: Date.UTC(2022, 11, 28, 10, 27, 41),
            storageClass: 'ColdArchive',
            dataRedundancyType: 'ZRS',
            extranetEndpoint: 'e',
            intranetEndpoint: 'i',
            owner: { id: '1', displayName: '1' },
            acl: 'public-read',
            versioning: 'Suspended',
            hierarchicalNamespace: 'Enabled',
            comment: ' a & b ',
            encryption: {
              sseAlgorithm: 'KMS',
              kmsMasterKeyId: 'key-1',
              kmsDataEncryption: 'SM4',
            },
            logging: { bucket: 'logs', prefix: 'access/' },
          },
        },
      },
    ],
  },
  GetBucketLocation: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getBucketLocation(name)',
        wire: { method: 'GET', target: '/?location=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-06, §4.2',
        wire: {
          status: 200,
          headers: xml,
          body: `${declaration}<LocationConstraint>oss-cn-hangzhou</LocationConstraint>`,
        },
        output: { location: 'oss-cn-hangzhou' },
      },
    ],
  },
  ListObjects: {
    requests: [
      {
        source: 'ali-oss 6.23.0, list({ prefix, delimiter, marker, max-keys, encoding-type })',
        wire: {
          method: 'GET',
          target: '/?prefix=a%2F&delimiter=%2F&marker=a%2Fb&max-keys=3&encoding-type=url',
        },
        input: { prefix: 'a/', delimiter: '/', marker: 'a/b', maxKeys: 3, encodingType: 'url' },
      },
      {
        source: 'ali-oss 6.23.0, list()',
        wire: { method: 'GET', target: '/' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-10: complete, characters that XML cannot carry plainly',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListBucketResult><Name>examplebucket</Name><Prefix></Prefix>` +
            '<Marker></Marker><MaxKeys>100</MaxKeys><Delimiter></Delimiter>' +
            '<IsTruncated>false</IsTruncated><Contents><Key>a&lt;&amp;&#x1;+ 中</Key>' +
            '<LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
            '<ETag>&quot;5D41402ABC4B2A76B9719D911017C592&quot;</ETag><Type>Normal</Type>' +
            '<Size>5</Size><StorageClass>Standard</StorageClass><Owner><ID>1</ID>' +
            '<DisplayName>1</DisplayName></Owner></Contents></ListBucketResult>',
        },
        output: {
          name: 'examplebucket',
          maxKeys: 100,
          isTruncated: false,
          contents: [
            {
              key: 'a<&\x01+ 中',
              lastModified: Date.UTC(2022, 11, 28, 10, 27, 41),
              etag: '5D41402ABC4B2A76B9719D911017C592',
              type: 'Normal',
              size: 5,
              storageClass: 'Standard',
              owner: { id: '1', displayName: '1' },
            },
          ],
          commonPrefixes: [],
        },
      },
      {
        source: 'operations reference T0-10, §3.7: truncated, encoding-type=url',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListBucketResult><Name>examplebucket</Name>` +
            '<Prefix>a%2B%20%2F</Prefix><Marker>a%2B%20%2F%01</Marker><MaxKeys>2</MaxKeys>' +
            '<Delimiter>%2F</Delimiter><EncodingType>url</EncodingType>' +
            '<IsTruncated>true</IsTruncated><NextMarker>a%2B%20%2Fz%2F</NextMarker>' +
            '<Contents><Key>a%2B%20%2F%E4%B8%AD%21%27%28%29%2A~</Key>' +
            '<LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
            '<ETag>&quot;5D41402ABC4B2A76B9719D911017C592-2&quot;</ETag><Type>Multipart</Type>' +
            '<Size>0</Size><StorageClass>IA</StorageClass></Contents>' +
            '<CommonPrefixes><Prefix>a%2B%20%2Fz%2F</Prefix></CommonPrefixes></ListBucketResult>',
        },
        output: {
          name: 'examplebucket',
          prefix: 'a+ /',
          marker: 'a+ /\x01',
          maxKeys: 2,
          delimiter: '/',
          encodingType: 'url',
          isTruncated: true,
          nextMarker: 'a+ /z/',
          contents: [
            {
              key: "a+ /中!'()*~",
              lastModified: Date.UTC(2022, 11, 28, 10, 27, 41),
              etag: '5D41402ABC4B2A76B9719D911017C592-2',
              type: 'Multipart',
              size: 0,
              storageClass: 'IA',
            },
          ],
          commonPrefixes: [{ prefix: 'a+ /z/' }],
        },
      },
    ],
  },
  ListObjectsV2: {
    requests: [
      {
        source:
          'alibabacloud-oss-v2 1.4.1 (Python), list_objects_v2 with every parameter of the request',
        wire: {
          method: 'GET',
          target:
            '/bucket-1/?encoding-type=url&list-type=2&delimiter=%2F&start-after=a%2Fb' +
            '&continuation-token=CgJiYw--&max-keys=3&prefix=a%2F&fetch-owner=true',
        },
        input: {
          prefix: 'a/',
          delimiter: '/',
          startAfter: 'a/b',
          continuationToken: 'CgJiYw--',
          maxKeys: 3,
          fetchOwner: true,
          encodingType: 'url',
        },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-11, §4.2: truncated',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListBucketResult><Name>examplebucket</Name><Prefix>a/</Prefix>` +
            '<StartAfter>a/b</StartAfter><ContinuationToken>CgJiYw--</ContinuationToken>' +
            '<MaxKeys>2</MaxKeys><Delimiter>/</Delimiter><IsTruncated>true</IsTruncated>' +
            '<NextContinuationToken>CgJiZA--</NextContinuationToken><KeyCount>2</KeyCount>' +
            '<Contents><Key>a/c</Key><LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
            '<ETag>&quot;5D41402ABC4B2A76B9719D911017C592&quot;</ETag><Type>Appendable</Type>' +
            '<Size>5</Size><StorageClass>Archive</StorageClass>' +
            '<RestoreInfo>ongoing-request=&quot;true&quot;</RestoreInfo>' +
            '<TransitionTime>2022-12-29T00:00:00.000Z</TransitionTime></Contents>' +
            '<CommonPrefixes><Prefix>a/d/</Prefix></CommonPrefixes></ListBucketResult>',
        },
        output: {
          name: 'examplebucket',
          prefix: 'a/',
          startAfter: 'a/b',
          continuationToken: 'CgJiYw--',
          maxKeys: 2,
          delimiter: '/',
          isTruncated: true,
          nextContinuationToken: 'CgJiZA--',
          keyCount: 2,
          contents: [
            {
              key: 'a/c',
              lastModified: Date.UTC(2022, 11, 28, 10, 27, 41),
              etag: '5D41402ABC4B2A76B9719D911017C592',
              type: 'Appendable',
              size: 5,
              storageClass: 'Archive',
              restoreInfo: 'ongoing-request="true"',
              transitionTime: Date.UTC(2022, 11, 29),
            },
          ],
          commonPrefixes: [{ prefix: 'a/d/' }],
        },
      },
      {
        source: 'operations reference T0-11: empty',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListBucketResult><Name>examplebucket</Name><Prefix></Prefix>` +
            '<MaxKeys>100</MaxKeys><Delimiter></Delimiter><IsTruncated>false</IsTruncated>' +
            '<KeyCount>0</KeyCount></ListBucketResult>',
        },
        output: {
          name: 'examplebucket',
          maxKeys: 100,
          isTruncated: false,
          keyCount: 0,
          contents: [],
          commonPrefixes: [],
        },
      },
    ],
  },
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
