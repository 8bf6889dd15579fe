// Refusals carry the elements and headers that clients read (errors reference §2-§5).
import { expect, test } from 'vitest';
import * as errors from '../../src/errors/index.ts';

const { ossError } = errors;

test('a refusal is its row, its details in order, and what the caller adds', () => {
  const cause = new Error('deeper');
  const refusal = ossError(
    'ExpiredUrlV4',
    { Expires: '2026-01-01T00:00:00.000Z', ServerTime: '2026-01-02T00:00:00.000Z' },
    { headers: { date: 'now' }, closeConnection: true, cause },
  );
  expect(refusal).toBeInstanceOf(errors.OssError);
  expect(refusal).toMatchObject({ code: 'AccessDenied', status: 403, ec: '0002-00000236' });
  expect(refusal.message).toBe('Request has expired.');
  expect(Object.keys(refusal.details)).toEqual(['Expires', 'ServerTime']);
  expect(refusal.headers).toEqual({ date: 'now' });
  expect(refusal.closeConnection).toBe(true);
  expect(refusal.cause).toBe(cause);
});

test('without extras nothing is made up', () => {
  const refusal = ossError('NotModified');
  expect(refusal).toMatchObject({ status: 304, details: {}, headers: {}, closeConnection: false });
  expect(refusal.ec).toBeUndefined();
  expect(refusal.cause).toBeUndefined();
});

test('a message and an EC can be more exact than the table', () => {
  const refusal = ossError('InvalidRequest', {}, { message: 'Say less.', ec: '0017-00000001' });
  expect([refusal.message, refusal.ec]).toEqual(['Say less.', '0017-00000001']);
});

test.each([
  [errors.noSuchBucket('b'), 404, 'NoSuchBucket', { BucketName: 'b' }, {}],
  [errors.noSuchKey('k'), 404, 'NoSuchKey', { Key: 'k' }, {}],
  [
    errors.noSuchKeyBehindMarker('k', 'v'),
    404,
    'NoSuchKey',
    { Key: 'k' },
    { 'x-oss-delete-marker': 'true', 'x-oss-version-id': 'v' },
  ],
  [errors.noSuchVersion('k', 'v'), 404, 'NoSuchVersion', { Key: 'k', VersionId: 'v' }, {}],
  [
    errors.deleteMarkerRefused('GET', 'v'),
    405,
    'MethodNotAllowed',
    { Method: 'GET', ResourceType: 'DeleteMarker' },
    { allow: 'DELETE', 'x-oss-delete-marker': 'true', 'x-oss-version-id': 'v' },
  ],
  [errors.noSuchUpload('u'), 404, 'NoSuchUpload', { UploadId: 'u' }, {}],
  [errors.preconditionFailed('If-Match'), 412, 'PreconditionFailed', { Condition: 'If-Match' }, {}],
  [
    errors.invalidRange(10, 'bytes=11-'),
    416,
    'InvalidRange',
    { ActualObjectSize: '10', RangeRequested: 'bytes=11-' },
    { 'content-range': 'bytes */10' },
  ],
  [errors.headerNotImplemented('If-Match'), 400, 'NotImplemented', { Header: 'If-Match' }, {}],
  [
    errors.unexpectedQueryParameter('partNumber'),
    400,
    'InvalidArgument',
    { ArgumentName: 'ResourceType', ArgumentValue: 'partNumber' },
    {},
  ],
  [
    errors.invalidArgument('max-keys', '-1', 'Too small.', '0015-00000402'),
    400,
    'InvalidArgument',
    { ArgumentName: 'max-keys', ArgumentValue: '-1' },
    {},
  ],
])('%s', (refusal, status, code, details, headers) => {
  expect(refusal).toMatchObject({ status, code });
  expect(Object.entries(refusal.details)).toEqual(Object.entries(details));
  expect(refusal.headers).toEqual(headers);
});

test('what is not built is refused by name, and not as a 5xx that SDKs repeat', () => {
  const refusal = errors.operationNotImplemented('PutBucketCors');
  expect(refusal).toMatchObject({ status: 400, code: 'NotImplemented' });
  expect(refusal.message).toContain('PutBucketCors');
  expect(refusal.details).toEqual({ Operation: 'PutBucketCors' });
});

test('the EC of an unknown upload tells the operation', () => {
  expect(errors.noSuchUpload('u').ec).toBe('0042-00000002');
  expect(errors.noSuchUpload('u', 'NoSuchUploadForPart').ec).toBe('0042-00000104');
  expect(errors.noSuchUpload('u', 'NoSuchUploadForPartCopy').ec).toBe('0042-00000311');
});

test('a repeated header is named and ends the connection', () => {
  const refusal = errors.repeatedHeader('Host', 'a, b');
  expect(refusal.details).toEqual({ ArgumentName: 'Host', ArgumentValue: 'a, b' });
  expect(refusal.message).toContain('Host');
  expect(refusal.closeConnection).toBe(true);
});

test('a failed policy condition is printed', () => {
  // Signing reference §7.4.
  const refusal = errors.policyConditionFailed('["eq", "$success_action_status", "200"]');
  expect(refusal.message).toBe(
    'Invalid according to Policy: Policy Condition failed: ["eq", "$success_action_status", "200"]',
  );
  expect(refusal).toMatchObject({ status: 403, code: 'AccessDenied', ec: '0006-00000227' });
});

test('a missing form field is named', () => {
  expect(errors.formFieldMissing('key').message).toBe(
    "The bucket POST must contain the specified 'key'. If it is specified, please check the order of the fields",
  );
});

test('RecommendDoc leads to the page of the EC', () => {
  expect(errors.recommendDoc('0026-00000001')).toBe(
    'https://api.aliyun.com/troubleshoot?q=0026-00000001',
  );
});
