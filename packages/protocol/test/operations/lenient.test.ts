// What clients and servers write differently and mean the same (testing §1, lenient input).
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  getBucketInfo,
  getBucketLocation,
  getObject,
  listBuckets,
  listObjects,
  listObjectsV2,
  operations,
  putBucket,
  putObject,
} from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { sdkRequests } from './sdk-requests.ts';
import { requestMessage, responseMessage } from './wire.ts';

test.each(sdkRequests)('$sdk, $call', ({ operation: name, wire, input }) => {
  const operation = operations[name] as unknown as Operation<string, unknown, unknown>;
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

  test('headers of an object with bare ETag, and a version id of another form', () => {
    const headers = { ETag: 'ABC', 'x-oss-version-id': '1', 'Content-Range': 'bytes 0-0/9' };
    const got = decodeResponse(getObject, responseMessage({ status: 206, headers, body: 'x' }));
    expect(got).toMatchObject({ etag: 'ABC', versionId: '1', contentRange: 'bytes 0-0/9' });
  });
});
