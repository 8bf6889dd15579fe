// What requests are refused for, with the argument's name, its EC, and a message that says what to
// change; and what neither side ever writes.
import { describe, expect, test } from 'vitest';
import { OssError } from '../../src/errors/oss-error.ts';
import type { Operation } from '../../src/operations/definition/operation.ts';
import {
  createCnameToken,
  decodeRequest,
  decodeResponse,
  deleteCname,
  deleteObject,
  encodeRequest,
  encodeResponse,
  getCnameToken,
  getObject,
  getObjectAcl,
  listBuckets,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  MalformedAnswerError,
  metadataBytesMax,
  optionObject,
  putBucket,
  putBucketAcl,
  putBucketCors,
  putBucketPublicAccessBlock,
  putBucketVersioning,
  putCname,
  putObject,
  putObjectAcl,
  putPublicAccessBlock,
} from '../../src/operations/index.ts';
import type { Fixture } from './fixtures/fixture.ts';
import { fixtures } from './fixtures/index.ts';
import { requestMessage, responseMessage, type WireRequest } from './wire.ts';

function refusal(work: () => unknown): OssError {
  try {
    work();
  } catch (error) {
    if (error instanceof OssError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

function refusalOf(operation: unknown, wire: Partial<WireRequest>): OssError {
  const message = requestMessage({ method: 'GET', target: '/', ...wire });
  return refusal(() => decodeRequest(operation as Operation<string, unknown, unknown>, message));
}

const long = 'a'.repeat(1024);
const wide = encodeURIComponent('中'.repeat(342));

describe('parameters', () => {
  test.each([
    ['max-keys of objects', listObjects, 'max-keys=1001', '0015-00000402'],
    ['negative max-keys', listObjects, 'max-keys=-1', '0015-00000402'],
    ['max-keys that is no number', listObjectsV2, 'list-type=2&max-keys=ten', '0015-00000402'],
    ['max-keys with a fraction', listObjects, 'max-keys=1.5', '0015-00000402'],
    ['max-keys in hexadecimal', listObjects, 'max-keys=0x10', '0015-00000402'],
    ['max-keys beyond all numbers', listObjects, `max-keys=${'9'.repeat(40)}`, '0015-00000402'],
    ['max-keys 0 of buckets', listBuckets, 'max-keys=0', '0017-00000289'],
    ['max-keys of buckets', listBuckets, 'max-keys=1001', '0017-00000289'],
    ['a long prefix', listObjects, `prefix=${long}`, undefined],
    ['a prefix long in bytes', listObjects, `prefix=${wide}`, undefined],
    ['a long delimiter', listObjects, `delimiter=${long}`, undefined],
    ['a long marker', listObjects, `marker=${long}`, undefined],
    ['a long start-after', listObjectsV2, `list-type=2&start-after=${long}`, undefined],
    ['a long prefix of buckets', listBuckets, `prefix=${long}`, undefined],
    ['NUL in a prefix', listObjects, 'prefix=a%00', undefined],
    ['another encoding-type', listObjects, 'encoding-type=base64', undefined],
    ['fetch-owner that is no boolean', listObjectsV2, 'list-type=2&fetch-owner=1', undefined],
    ['max-keys of versions', listObjectVersions, 'versions&max-keys=1001', '0012-00000102'],
    ['negative max-keys of versions', listObjectVersions, 'versions&max-keys=-1', '0012-00000102'],
    ['a long key-marker', listObjectVersions, `versions&key-marker=${long}`, undefined],
    [
      'a version-id-marker without a key-marker',
      listObjectVersions,
      'versions&version-id-marker=null',
      '0012-00000105',
    ],
    [
      'a version-id-marker with an empty key-marker',
      listObjectVersions,
      'versions&key-marker=&version-id-marker=null',
      '0012-00000105',
    ],
    [
      'a malformed version-id-marker',
      listObjectVersions,
      'versions&key-marker=a&version-id-marker=234',
      '0012-00000105',
    ],
    ['a malformed versionId of an ACL', getObjectAcl, 'acl&versionId=234', '0012-00000202'],
    ['no domain', getCnameToken, 'comp=token&cname=', undefined],
    ['a domain that is an address', getCnameToken, 'comp=token&cname=127.0.0.1', '0018-00000401'],
    ['an empty versionId', getObject, 'versionId=', '0012-00000201'],
    ['a short versionId', getObject, 'versionId=234', '0012-00000202'],
    [
      'a versionId with other characters',
      deleteObject,
      `versionId=${'%2A'.repeat(64)}`,
      '0012-00000202',
    ],
  ])('%s', (_, operation, query, ec) => {
    const error = refusalOf(operation, { target: `/?${query}` });
    expect(error).toMatchObject({ code: 'InvalidArgument', status: 400, ec });
    expect(query).toContain(`${error.details['ArgumentName']}=`);
    expect(error.details['ArgumentValue']?.length).toBeLessThanOrEqual(300);
    expect(error.message.length).toBeGreaterThan(10);
  });

  test('limits are inclusive', () => {
    const target = `/?prefix=${'a'.repeat(1023)}&max-keys=1000&marker=${encodeURIComponent('中'.repeat(341))}`;
    const input = decodeRequest(listObjects, requestMessage({ method: 'GET', target }));
    expect(input.prefix).toHaveLength(1023);
    expect(input.maxKeys).toBe(1000);
  });

  test('a continuation token is the server’s own affair', () => {
    const target = '/?list-type=2&continuation-token=%2B%20x';
    const message = requestMessage({ method: 'GET', target });
    expect(decodeRequest(listObjectsV2, message).continuationToken).toBe('+ x');
  });
});

describe('headers', () => {
  test.each([
    ['x-oss-acl', 'default', putBucketAcl, undefined, 'no such bucket access control exists'],
    ['x-oss-acl', '', putBucketAcl, undefined, 'x-oss-acl must be specified'],
    ['x-oss-object-acl', 'all', putObjectAcl, undefined, 'no such object access control exists'],
    ['x-oss-object-acl', '', putObjectAcl, undefined, 'x-oss-object-acl must be specified'],
    ['x-oss-object-acl', 'public', putObject, undefined, 'no such object access control exists'],
    ['x-oss-object-acl', 'default ', putObject, undefined, 'no such object access control exists'],
    ['x-oss-acl', 'default', putBucket, undefined, 'no such bucket access control exists'],
    [
      'x-oss-storage-class',
      'Glacier',
      putObject,
      undefined,
      'No such bucket storage class exists.',
    ],
    ['x-oss-forbid-overwrite', 'yes', putObject, '0017-00000279', 'must be true or false'],
    ['x-oss-hash-crc64ecma', '18446744073709551616', putObject, undefined, 'unsigned 64-bit'],
    ['x-oss-hash-crc64ecma', '-1', putObject, undefined, 'unsigned 64-bit'],
    ['content-length', '-1', putObject, undefined, 'an integer between 0 and'],
  ])('%s: %s', (name, value, operation, ec, message) => {
    const error = refusalOf(operation, { method: 'PUT', headers: { [name]: value } });
    expect(error).toMatchObject({ code: 'InvalidArgument', status: 400, ec });
    expect(error.details).toEqual({ ArgumentName: name, ArgumentValue: value });
    expect(error.message).toContain(message);
  });

  test('user metadata up to its limit, in bytes', () => {
    const put = (bytes: number) => ({ 'x-oss-meta-a': `中${'b'.repeat(bytes - 4)}` });
    const message = requestMessage({ method: 'PUT', target: '/k', headers: put(metadataBytesMax) });
    expect(Object.keys(decodeRequest(putObject, message).metadata)).toEqual(['a']);
    const error = refusalOf(putObject, { headers: put(metadataBytesMax + 1) });
    expect(error.code).toBe('InvalidArgument');
    expect(error.message).toContain(String(metadataBytesMax));
  });

  test('user metadata without a name', () => {
    expect(refusalOf(putObject, { headers: { 'x-oss-meta-': '1' } }).code).toBe('InvalidArgument');
  });
});

describe('documents', () => {
  test.each([
    ['another root', '<Other/>', /root is Other, not CreateBucketConfiguration/],
    ['no XML', 'hello', /^Line 1: /],
    ['white space alone', ' \n', /no root element/],
    ['a document type', '<!DOCTYPE x><CreateBucketConfiguration/>', /Document types/],
    ['two roots', '<CreateBucketConfiguration/><CreateBucketConfiguration/>', /second root/],
  ])('%s', (_, body, detail) => {
    const error = refusalOf(putBucket, { method: 'PUT', body });
    expect(error).toMatchObject({ code: 'MalformedXML', status: 400, ec: '0015-00000231' });
    expect(error.details['ErrorDetail']).toMatch(detail);
  });

  const versioning = (inside: string) =>
    `<VersioningConfiguration>${inside}</VersioningConfiguration>`;
  const block = (inside: string) =>
    `<PublicAccessBlockConfiguration>${inside}</PublicAccessBlockConfiguration>`;
  const cname = (inside: string) =>
    `<BucketCnameConfiguration><Cname>${inside}</Cname></BucketCnameConfiguration>`;
  const rule = (inside: string) =>
    `<CORSConfiguration><CORSRule>${inside}</CORSRule></CORSConfiguration>`;

  test.each([
    ['no document', putBucketVersioning, ''],
    ['another document', putBucketVersioning, block('')],
    ['no access block', putBucketPublicAccessBlock, block('')],
    ['no access block of an account', putPublicAccessBlock, block('')],
    ['no domain', putCname, cname('')],
    ['no cname', deleteCname, '<BucketCnameConfiguration/>'],
    ['no document for a token', createCnameToken, ''],
    ['another document for rules', putBucketCors, '<Cors/>'],
  ])('%s: MalformedXML', (_, operation, body) => {
    const error = refusalOf(operation, { method: 'PUT', body });
    expect(error).toMatchObject({ code: 'MalformedXML', status: 400 });
    expect(error.details['ErrorDetail']).toMatch(/ has no | root /);
  });

  test.each([
    ['Status', '', putBucketVersioning, versioning(''), undefined],
    ['Status', '', putBucketVersioning, versioning('<Status/>'), undefined],
    ['Status', 'Off', putBucketVersioning, versioning('<Status>Off</Status>'), undefined],
    [
      'BlockPublicAccess',
      'yes',
      putBucketPublicAccessBlock,
      block('<BlockPublicAccess>yes</BlockPublicAccess>'),
      undefined,
    ],
    [
      'Force',
      '1',
      putCname,
      cname(
        '<Domain>img.example.com</Domain><CertificateConfiguration><Force>1</Force></CertificateConfiguration>',
      ),
      undefined,
    ],
    [
      'AllowedMethod',
      'TEST',
      putBucketCors,
      rule('<AllowedMethod>TEST</AllowedMethod>'),
      '0034-00000011',
    ],
    ['AllowedMethod', '', putBucketCors, rule('<AllowedMethod/>'), '0034-00000011'],
    ['MaxAgeSeconds', '-1', putBucketCors, rule('<MaxAgeSeconds>-1</MaxAgeSeconds>'), undefined],
    ['MaxAgeSeconds', '1e3', putBucketCors, rule('<MaxAgeSeconds>1e3</MaxAgeSeconds>'), undefined],
    [
      'ResponseVary',
      'always',
      putBucketCors,
      '<CORSConfiguration><ResponseVary>always</ResponseVary></CORSConfiguration>',
      undefined,
    ],
  ])('%s %s: InvalidArgument', (name, value, operation, body, ec) => {
    const error = refusalOf(operation, { method: 'PUT', body });
    expect(error).toMatchObject({ code: 'InvalidArgument', status: 400, ec });
    expect(error.details['ArgumentName']).toBe(name);
    expect(error.details['ArgumentValue']).toBe(value.slice(0, 200));
    expect(error.message.length).toBeGreaterThan(10);
  });

  test.each([
    'http://img.example.com',
    'img.example.com:80',
    'img.example.com/',
    '*.example.com',
    'localhost',
    '127.0.0.1',
    'a.b',
    '-a.example.com',
    'a..example.com',
    '图.example.com',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(126)}com`,
  ])('a domain that is none: %s', (domain) => {
    const error = refusalOf(putCname, {
      method: 'POST',
      body: cname(`<Domain>${domain}</Domain>`),
    });
    expect(error).toMatchObject({ code: 'InvalidArgument', status: 400, ec: '0018-00000401' });
    expect(error.details).toEqual({ ArgumentName: 'Domain', ArgumentValue: domain.slice(0, 200) });
    expect(error.message).toContain('img.example.com');
  });

  test('a word the element does not have', () => {
    const body =
      '<CreateBucketConfiguration><DataRedundancyType>RAID</DataRedundancyType></CreateBucketConfiguration>';
    const error = refusalOf(putBucket, { method: 'PUT', body });
    expect(error.details).toEqual({ ArgumentName: 'DataRedundancyType', ArgumentValue: 'RAID' });
    expect(error.message).toContain('LRS, ZRS');
  });
});

describe('never written', () => {
  const put = (extra: object) => () =>
    encodeRequest(putObject, { body: new Uint8Array(0), metadata: {}, ...extra });

  test.each([
    ['a line end in a header', put({ contentType: 'a\r\nx-oss-acl: public-read' })],
    ['a line end in metadata', put({ metadata: { a: '1\n2' } })],
    ['a line end in the name of metadata', put({ metadata: { 'a\r\nb': '1' } })],
    ['a space in the name of metadata', put({ metadata: { 'a b': '1' } })],
    ['metadata without a name', put({ metadata: { '': '1' } })],
    ['metadata that differs in case alone', put({ metadata: { a: '1', A: '2' } })],
    ['half a surrogate pair in a header', put({ contentType: '\ud800' })],
    ['a length that is no integer', put({ contentLength: 1.5 })],
    ['a word that does not exist', put({ objectAcl: 'everyone' })],
    ['a CRC of 65 bits', put({ crc64: 2n ** 64n })],
    ['a page that is too large', () => encodeRequest(listObjects, { maxKeys: 1001 })],
    ['half a surrogate pair in a prefix', () => encodeRequest(listObjects, { prefix: '\udc00' })],
    [
      'a version id without its key',
      () => encodeRequest(listObjectVersions, { versionIdMarker: 'null' }),
    ],
    ['a domain with a scheme', () => encodeRequest(putCname, { domain: 'https://a.example.com' })],
    [
      'a line end in a preflight answer',
      () => encodeResponse(optionObject, { exposeHeaders: ['a', 'b\r\nx: y'] }),
    ],
    [
      'a line end in an override',
      () =>
        encodeResponse(getObject, { body: new Uint8Array(0), metadata: {}, contentType: 'a\nb' }),
    ],
  ])('%s', (_, work) => {
    expect(refusal(work).code).toBe('InvalidArgument');
  });

  test('+ in an encoded listing', () => {
    const listing = {
      name: 'b',
      prefix: '+ /',
      maxKeys: 1,
      isTruncated: false,
      encodingType: 'url',
      contents: [],
      commonPrefixes: [{ prefix: '+ /+' }],
    } as const;
    const { body } = encodeResponse(listObjects, listing);
    expect(new TextDecoder().decode(body as Uint8Array)).not.toContain('+');
  });
});

describe('answers that cannot be read', () => {
  test.each([
    ['no XML', '<html><body>hello'],
    ['another document', '<Other/>'],
    ['an element missing', '<ListBucketResult><Name>b</Name></ListBucketResult>'],
    [
      'a number that is none',
      '<ListBucketResult><Name>b</Name><MaxKeys>x</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>',
    ],
    ['nothing', ''],
  ])('%s is no refusal of the service', (_, body) => {
    const work = () => decodeResponse(listObjects, responseMessage({ status: 200, body }));
    expect(work).toThrow(MalformedAnswerError);
    expect(work).toThrow(/ListObjects/);
  });
});

const [demanding, others] = [true, false].map((is) =>
  fixtures.filter(({ isDemanding }) => isDemanding === is),
) as [Fixture[], Fixture[]];

test.each(demanding)('$operation.name refuses a message that says nothing', ({ operation }) => {
  const error = refusalOf(operation, {});
  expect(error.status).toBe(400);
  expect(['InvalidArgument', 'MalformedXML']).toContain(error.code);
});

test.each(others)('$operation.name reads it as an input without properties', ({ operation }) => {
  const input = decodeRequest(operation, requestMessage({ method: 'GET', target: '/' }));
  for (const [property, value] of Object.entries(input as object)) {
    expect(['body', 'metadata'], property).toContain(property);
    expect(Object.keys(value)).toEqual([]);
  }
});
