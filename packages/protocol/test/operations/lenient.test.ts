// What clients and servers write differently and mean the same (testing reference §1, lenient input).
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  getBucketInfo,
  getBucketLocation,
  getBucketVersioning,
  getObject,
  listBuckets,
  listCname,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  optionObject,
  putBucket,
  putBucketCors,
  putCname,
  putObject,
} from '../../src/operations/index.ts';
import { fixtures } from './fixtures/index.ts';
import { requestMessage, responseMessage } from './wire.ts';

// Recorded by a listening socket: with the parameters SDKs send empty, the types and digests they add to
// bodies that are not there, and `name=` for a name alone.
const sdkRequests = fixtures.flatMap(({ operation, sdkRequests }) =>
  sdkRequests.map((request) => ({ operation, ...request })),
);

test.each(sdkRequests)('$sdk, $call', ({ operation, wire, input }) => {
  const message = requestMessage(wire);
  expect(operation.route.method).toBe(wire.method);
  for (const required of Object.keys(operation.route.query ?? {})) {
    expect(message.query.has(required)).toBe(true);
  }
  expect(decodeRequest(operation, message)).toEqual(input);
});

const creation = (body: string) => requestMessage({ method: 'PUT', target: '/', body });

describe('request documents', () => {
  test.each([
    [
      'a namespace',
      '<CreateBucketConfiguration xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com"><StorageClass>IA</StorageClass></CreateBucketConfiguration>',
    ],
    [
      'a prefix',
      '<o:CreateBucketConfiguration xmlns:o="urn:o"><o:StorageClass>IA</o:StorageClass></o:CreateBucketConfiguration>',
    ],
    [
      'unknown elements',
      '<CreateBucketConfiguration><Later><Deep>1</Deep></Later><StorageClass>IA</StorageClass></CreateBucketConfiguration>',
    ],
    [
      'white space',
      '\n<CreateBucketConfiguration>\n\t<StorageClass>\n IA \n</StorageClass>\n</CreateBucketConfiguration>\n',
    ],
    [
      'other case',
      '<CreateBucketConfiguration><StorageClass>ia</StorageClass></CreateBucketConfiguration>',
    ],
    [
      'a byte order mark and another declaration',
      "\uFEFF<?xml version='1.0' encoding='utf-8'?><CreateBucketConfiguration><StorageClass>IA</StorageClass></CreateBucketConfiguration>",
    ],
    [
      'a child twice: the first counts',
      '<CreateBucketConfiguration><StorageClass>IA</StorageClass><StorageClass>Standard</StorageClass></CreateBucketConfiguration>',
    ],
  ])('%s', (_, body) => {
    expect(decodeRequest(putBucket, creation(body))).toEqual({
      configuration: { storageClass: 'IA' },
    });
  });

  test('children in any order', () => {
    const body =
      '<CreateBucketConfiguration><LocationConstraint>oss-cn-hangzhou</LocationConstraint>' +
      '<DataRedundancyType>ZRS</DataRedundancyType><StorageClass>IA</StorageClass>' +
      '</CreateBucketConfiguration>';
    expect(decodeRequest(putBucket, creation(body)).configuration).toEqual({
      storageClass: 'IA',
      dataRedundancyType: 'ZRS',
      locationConstraint: 'oss-cn-hangzhou',
    });
  });

  test('no children at all', () => {
    const body = '<CreateBucketConfiguration/>';
    expect(decodeRequest(putBucket, creation(body))).toEqual({ configuration: {} });
  });
});

describe('request documents of settings', () => {
  const document = (body: string) => requestMessage({ method: 'PUT', target: '/', body });

  test('a domain in capitals, with white space', () => {
    const body =
      '<BucketCnameConfiguration><Cname><Domain> IMG.Example.COM\n</Domain></Cname>' +
      '</BucketCnameConfiguration>';
    expect(decodeRequest(putCname, document(body))).toEqual({ domain: 'img.example.com' });
  });

  test('a certificate’s line ends stay', () => {
    const pem = '\n-----BEGIN X-----\nMIID\n-----END X-----\n';
    const body =
      '<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain>' +
      `<CertificateConfiguration><Certificate>${pem}</Certificate></CertificateConfiguration>` +
      '</Cname></BucketCnameConfiguration>';
    const { certificateConfiguration } = decodeRequest(putCname, document(body));
    expect(certificateConfiguration).toEqual({ certificate: pem });
  });

  test('rules with empty options', () => {
    const body =
      '<CORSConfiguration><CORSRule><AllowedOrigin> * </AllowedOrigin>' +
      '<AllowedMethod>get</AllowedMethod><MaxAgeSeconds/></CORSRule><ResponseVary/>' +
      '</CORSConfiguration>';
    const rule = {
      allowedOrigins: ['*'],
      allowedMethods: ['GET'],
      allowedHeaders: [],
      exposeHeaders: [],
    };
    expect(decodeRequest(putBucketCors, document(body))).toEqual({ rules: [rule] });
  });
});

describe('request headers and parameters', () => {
  const put = (headers: Record<string, string>) =>
    decodeRequest(putObject, requestMessage({ method: 'PUT', target: '/key', headers }));

  test('an empty header is none', () => {
    const empty = { 'Content-Type': '', 'Content-MD5': '', 'x-oss-object-acl': '' };
    expect(put(empty)).toEqual({ body: new Uint8Array(0), metadata: {} });
  });

  test('words in any case', () => {
    const given = { 'x-oss-forbid-overwrite': 'True', 'x-oss-storage-class': 'standard' };
    expect(put(given)).toMatchObject({ forbidOverwrite: true, storageClass: 'Standard' });
  });

  test('Expires is whatever was sent', () => {
    expect(put({ Expires: '1000000' }).expires).toBe('1000000');
  });

  test('metadata of any name, also one that objects have', () => {
    const { metadata } = put({
      'x-oss-meta-__proto__': 'a',
      'X-OSS-Meta-Constructor': 'b',
      'x-oss-meta-empty': '',
      'x-oss-metadata': 'no',
    });
    expect(Object.entries(metadata)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['empty', ''],
    ]);
    expect(Object.getPrototypeOf(metadata)).toBeNull();
  });

  test('conditions with quotes, without, and not dates at all', () => {
    const headers = { 'If-Match': 'foo', 'If-Modified-Since': 'yesterday' };
    const message = requestMessage({ method: 'GET', target: '/key', headers });
    expect(decodeRequest(getObject, message)).toEqual({
      ifMatch: 'foo',
      ifModifiedSince: 'yesterday',
    });
  });

  test('unknown parameters', () => {
    const message = requestMessage({ method: 'GET', target: '/?filename=a&testParameters=b' });
    expect(decodeRequest(listObjects, message)).toEqual({});
  });
});

const answer = (body: string) => responseMessage({ status: 200, body });

describe('answers of other servers', () => {
  test('a listing with a namespace, white space, other order and more than we know', () => {
    const body = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">
  <IsTruncated>false</IsTruncated>
  <MaxKeys>100</MaxKeys>
  <Contents>
    <ETag>5D41402ABC4B2A76B9719D911017C592</ETag>
    <Key> a </Key>
    <Size>5</Size>
    <Later>x</Later>
    <LastModified>2022-12-28T10:27:41.123Z</LastModified>
    <StorageClass>Standard</StorageClass>
    <Type>Normal</Type>
  </Contents>
  <Name>examplebucket</Name>
</ListBucketResult>`;
    expect(decodeResponse(listObjects, answer(body))).toEqual({
      name: 'examplebucket',
      maxKeys: 100,
      isTruncated: false,
      contents: [
        {
          key: ' a ',
          lastModified: Date.UTC(2022, 11, 28, 10, 27, 41, 123),
          etag: '5D41402ABC4B2A76B9719D911017C592',
          type: 'Normal',
          size: 5,
          storageClass: 'Standard',
        },
      ],
      commonPrefixes: [],
    });
  });

  test('a listing encoded by form rules: + is a space, and a space stays one', () => {
    const body =
      '<ListBucketResult><Name>b</Name><Prefix>a+b%2Bc</Prefix><MaxKeys>1</MaxKeys>' +
      '<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount>' +
      '</ListBucketResult>';
    expect(decodeResponse(listObjectsV2, answer(body)).prefix).toBe('a b+c');
  });

  test('without encoding-type, + and % are themselves', () => {
    const body =
      '<ListBucketResult><Name>b</Name><Prefix>a+b%2Bc</Prefix><MaxKeys>1</MaxKeys>' +
      '<IsTruncated>false</IsTruncated></ListBucketResult>';
    expect(decodeResponse(listObjects, answer(body)).prefix).toBe('a+b%2Bc');
  });

  test('bucket information without the newer elements', () => {
    const body =
      '<BucketInfo><Bucket><Name>b</Name><Location>oss-cn-hangzhou</Location>' +
      '<CreationDate>2022-12-28T10:27:41.000Z</CreationDate><StorageClass>Standard</StorageClass>' +
      '<DataRedundancyType>LRS</DataRedundancyType><ExtranetEndpoint>e</ExtranetEndpoint>' +
      '<IntranetEndpoint>i</IntranetEndpoint><Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>' +
      '<AccessControlList><Grant>private</Grant></AccessControlList></Bucket></BucketInfo>';
    const { bucket } = decodeResponse(getBucketInfo, answer(body));
    expect(bucket).toMatchObject({ name: 'b', encryption: { sseAlgorithm: 'None' }, logging: {} });
    expect(bucket.versioning).toBeUndefined();
  });

  test('a location with white space', () => {
    const body = '<LocationConstraint xmlns="urn:x">\n oss-cn-hangzhou \n</LocationConstraint>';
    expect(decodeResponse(getBucketLocation, answer(body))).toEqual({
      location: 'oss-cn-hangzhou',
    });
  });

  test('an empty list of buckets', () => {
    const body =
      '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>' +
      '<Buckets/></ListAllMyBucketsResult>';
    expect(decodeResponse(listBuckets, answer(body)).buckets).toEqual([]);
  });

  test('a listing of versions: other order, empty next markers, an empty version id', () => {
    const body = `<ListVersionsResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">
  <DeleteMarker>
    <Owner><ID>1</ID><DisplayName>1</DisplayName></Owner><Later>x</Later>
    <LastModified>2022-12-28T10:27:41.000Z</LastModified>
    <IsLatest>True</IsLatest><VersionId>v</VersionId><Key>a</Key>
  </DeleteMarker>
  <Later/>
  <Version>
    <Key>a</Key><VersionId></VersionId><IsLatest>false</IsLatest><Size>5</Size><ETag>A</ETag>
    <LastModified>2022-12-28T10:27:41.000Z</LastModified><Type>Normal</Type>
    <StorageClass>Standard</StorageClass><Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>
  </Version>
  <IsTruncated>false</IsTruncated><NextKeyMarker/><NextVersionIdMarker></NextVersionIdMarker>
  <MaxKeys>100</MaxKeys><Name>b</Name>
</ListVersionsResult>`;
    const listing = decodeResponse(listObjectVersions, answer(body));
    expect(listing).toMatchObject({ name: 'b', maxKeys: 100, commonPrefixes: [] });
    expect(listing.nextKeyMarker).toBeUndefined();
    expect(listing.nextVersionIdMarker).toBeUndefined();
    expect(listing.entries.map(({ kind, versionId }) => [kind, versionId])).toEqual([
      ['DeleteMarker', 'v'],
      ['Version', ''],
    ]);
  });

  test('a listing encoded by form rules also in its entries', () => {
    const owner = '<Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>';
    const body =
      '<ListVersionsResult><Name>b</Name><MaxKeys>1</MaxKeys><EncodingType>url</EncodingType>' +
      '<IsTruncated>false</IsTruncated><DeleteMarker><Key>a+b%2Bc</Key><VersionId>v</VersionId>' +
      '<IsLatest>true</IsLatest><LastModified>2022-12-28T10:27:41.000Z</LastModified>' +
      `${owner}</DeleteMarker></ListVersionsResult>`;
    const [entry] = decodeResponse(listObjectVersions, answer(body)).entries;
    expect(entry?.key).toBe('a b+c');
  });

  test('an empty Status of versioning is none', () => {
    const body = '<VersioningConfiguration><Status></Status></VersioningConfiguration>';
    expect(decodeResponse(getBucketVersioning, answer(body))).toEqual({});
  });

  test('custom domains as OSS documents them: a day of one digit, a wildcard’s flag', () => {
    const body = `<ListCnameResult>
  <Bucket>targetbucket</Bucket><Owner>testowner</Owner>
  <Cname><Domain>example.com</Domain><LastModified>2021-09-15T02:35:07.000Z</LastModified>
    <Status>Enabled</Status><IsWildCard>true</IsWildCard>
    <Certificate><Type>CAS</Type><CertId>493-cn-hangzhou</CertId><Status>Enabled</Status>
      <ValidEndDate>Mon, 4 May 2048 10:14:51 GMT</ValidEndDate><Fingerprint/></Certificate>
  </Cname>
  <Cname><Domain>example.org</Domain><LastModified>2021-09-15T02:34:58.000Z</LastModified>
    <Status>Enabled</Status><Certificate/></Cname>
</ListCnameResult>`;
    expect(decodeResponse(listCname, answer(body)).cnames).toEqual([
      {
        domain: 'example.com',
        lastModified: Date.UTC(2021, 8, 15, 2, 35, 7),
        status: 'Enabled',
        certificate: {
          type: 'CAS',
          certId: '493-cn-hangzhou',
          status: 'Enabled',
          validEndDate: Date.UTC(2048, 4, 4, 10, 14, 51),
        },
      },
      {
        domain: 'example.org',
        lastModified: Date.UTC(2021, 8, 15, 2, 34, 58),
        status: 'Enabled',
      },
    ]);
  });

  test('headers of a preflight answer without spaces', () => {
    const headers = { 'Access-Control-Allow-Methods': 'GET,PUT , HEAD,', Vary: 'Origin' };
    const got = decodeResponse(optionObject, responseMessage({ status: 200, headers }));
    expect(got).toEqual({ allowMethods: ['GET', 'PUT', 'HEAD'], vary: 'Origin' });
  });

  test('headers of an object with bare ETag, and a version id of another form', () => {
    const headers = { ETag: 'ABC', 'x-oss-version-id': '1', 'Content-Range': 'bytes 0-0/9' };
    const got = decodeResponse(getObject, responseMessage({ status: 206, headers, body: 'x' }));
    expect(got).toMatchObject({ etag: 'ABC', versionId: '1', contentRange: 'bytes 0-0/9' });
  });
});
