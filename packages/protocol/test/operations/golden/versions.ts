// Golden bytes of versions.
import { declaration, type GoldenRecord, versionId, xml } from './golden.ts';

const ofOwner = '<Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>';
const owner = { id: '1', displayName: '1' };
const lastModified = Date.UTC(2022, 11, 28, 10, 27, 41);
const facts =
  '<LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
  '<ETag>&quot;5D41402ABC4B2A76B9719D911017C592&quot;</ETag><Type>Normal</Type><Size>5</Size>' +
  `<StorageClass>Standard</StorageClass>${ofOwner}`;
const factsOutput = {
  lastModified,
  etag: '5D41402ABC4B2A76B9719D911017C592',
  type: 'Normal',
  size: 5,
  storageClass: 'Standard',
  owner,
} as const;

export const versions: Pick<
  GoldenRecord,
  'PutBucketVersioning' | 'GetBucketVersioning' | 'ListObjectVersions'
> = {
  PutBucketVersioning: {
    requests: [
      {
        source: "ali-oss 6.23.0, putBucketVersioning(name, 'Enabled')",
        wire: {
          method: 'PUT',
          target: '/?versioning=',
          headers: xml,
          body:
            `${declaration}<VersioningConfiguration><Status>Enabled</Status>` +
            '</VersioningConfiguration>',
        },
        input: { status: 'Enabled' },
      },
    ],
    responses: [{ source: 'operations reference T0-12', wire: { status: 200 }, output: {} }],
  },
  GetBucketVersioning: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getBucketVersioning(name)',
        wire: { method: 'GET', target: '/?versioning=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-13: never set',
        wire: {
          status: 200,
          headers: xml,
          body: `${declaration}<VersioningConfiguration></VersioningConfiguration>`,
        },
        output: {},
      },
      {
        source: 'operations reference T0-13',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<VersioningConfiguration><Status>Suspended</Status>` +
            '</VersioningConfiguration>',
        },
        output: { status: 'Suspended' },
      },
    ],
  },
  ListObjectVersions: {
    requests: [
      {
        source:
          'ali-oss 6.23.0, getBucketVersions({ prefix, delimiter, keyMarker, versionIdMarker, …})',
        wire: {
          method: 'GET',
          target:
            '/?prefix=a%2F&delimiter=%2F&key-marker=a%2Fb&version-id-marker=null&max-keys=3' +
            '&encoding-type=url&versions=',
        },
        input: {
          prefix: 'a/',
          delimiter: '/',
          keyMarker: 'a/b',
          versionIdMarker: 'null',
          maxKeys: 3,
          encodingType: 'url',
        },
      },
      {
        source: 'ali-oss 6.23.0, getBucketVersions()',
        wire: { method: 'GET', target: '/?versions=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-14, §4.2: markers between the versions, in their order',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListVersionsResult><Name>examplebucket</Name><Prefix></Prefix>` +
            '<KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker><MaxKeys>100</MaxKeys>' +
            '<Delimiter></Delimiter><IsTruncated>false</IsTruncated>' +
            `<DeleteMarker><Key>a&lt;</Key><VersionId>${versionId}</VersionId>` +
            '<IsLatest>true</IsLatest><LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
            `${ofOwner}</DeleteMarker><Version><Key>a&lt;</Key><VersionId>null</VersionId>` +
            `<IsLatest>false</IsLatest>${facts}</Version><Version><Key>b</Key>` +
            `<VersionId>${versionId}</VersionId><IsLatest>true</IsLatest>${facts}</Version>` +
            '<DeleteMarker><Key>b</Key><VersionId>null</VersionId><IsLatest>false</IsLatest>' +
            `<LastModified>2022-12-28T10:27:41.000Z</LastModified>${ofOwner}</DeleteMarker>` +
            '</ListVersionsResult>',
        },
        output: {
          name: 'examplebucket',
          maxKeys: 100,
          isTruncated: false,
          entries: [
            { kind: 'DeleteMarker', key: 'a<', versionId, isLatest: true, lastModified, owner },
            { kind: 'Version', key: 'a<', versionId: 'null', isLatest: false, ...factsOutput },
            { kind: 'Version', key: 'b', versionId, isLatest: true, ...factsOutput },
            {
              kind: 'DeleteMarker',
              key: 'b',
              versionId: 'null',
              isLatest: false,
              lastModified,
              owner,
            },
          ],
          commonPrefixes: [],
        },
      },
      {
        source: 'operations reference T0-14, §3.7: truncated, encoding-type=url',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListVersionsResult><Name>examplebucket</Name>` +
            '<Prefix>a%2B%2F</Prefix><KeyMarker>a%2B%2F%01</KeyMarker>' +
            `<VersionIdMarker>${versionId}</VersionIdMarker>` +
            '<NextKeyMarker>a%2B%2Fk%20%E4%B8%AD</NextKeyMarker>' +
            '<NextVersionIdMarker>null</NextVersionIdMarker><MaxKeys>2</MaxKeys>' +
            '<Delimiter>%2F</Delimiter><EncodingType>url</EncodingType>' +
            '<IsTruncated>true</IsTruncated><Version><Key>a%2B%2Fk%20%E4%B8%AD</Key>' +
            `<VersionId>null</VersionId><IsLatest>true</IsLatest>${facts}</Version>` +
            '<CommonPrefixes><Prefix>a%2B%2Fb%2F</Prefix></CommonPrefixes></ListVersionsResult>',
        },
        output: {
          name: 'examplebucket',
          prefix: 'a+/',
          keyMarker: 'a+/\x01',
          versionIdMarker: versionId,
          nextKeyMarker: 'a+/k 中',
          nextVersionIdMarker: 'null',
          maxKeys: 2,
          delimiter: '/',
          encodingType: 'url',
          isTruncated: true,
          entries: [
            { kind: 'Version', key: 'a+/k 中', versionId: 'null', isLatest: true, ...factsOutput },
          ],
          commonPrefixes: [{ prefix: 'a+/b/' }],
        },
      },
    ],
  },
};
