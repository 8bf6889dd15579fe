// Golden bytes of listings of objects.
import { declaration, type GoldenRecord, xml } from './golden.ts';

export const listings: Pick<GoldenRecord, 'ListObjects' | 'ListObjectsV2'> = {
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
};
