// Golden bytes of the service and of buckets.
import { declaration, type GoldenRecord, xml } from './golden.ts';

export const buckets: Pick<
  GoldenRecord,
  | 'ListBuckets'
  | 'PutBucket'
  | 'HeadBucket'
  | 'DeleteBucket'
  | 'GetBucketInfo'
  | 'GetBucketLocation'
> = {
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
};
