// The error table against the rules of errors reference §1, and against the sentences that the
// suites of the official SDKs compare (errors reference §2-§8), spelled out here once more.
import { describe, expect, test } from 'vitest';
import type { ErrorRow } from '../../src/errors/error-row.ts';
import { type ErrorCase, errorTable } from '../../src/errors/table.ts';

const rows = Object.entries(errorTable) as [ErrorCase, ErrorRow][];

/** The families of ECs that exist: errors reference §1. */
const families = new Set(
  (
    '0001 0002 0003 0004 0005 0006 0007 0010 0011 0012 0013 0014 0015 0016 0017 0018 0019 0020' +
    ' 0021 0024 0025 0026 0027 0028 0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 0040 0041' +
    ' 0042 0043 0044 0046 0048 0053 0056 0061'
  ).split(' '),
);

/** Messages that OSS serves without a full stop. */
const withoutFullStop = new Set<ErrorCase>([
  'AccessDenied',
  'CORSRuleBeyondLimit',
  'FormAccessKeyIdMissing',
  'FormPolicyMissing',
  'FormSignatureMissing',
  'IncompleteUrlV1',
  'EmptyExpiresV1',
  'MissingAccessKeyIdV1',
  'MissingExpiresV1',
  'InvalidBucketAcl',
  'InvalidObjectAcl',
  'InvalidDataEncryptionAlgorithm',
  'InvalidLocationConstraint',
  'InvalidObjectState',
  'InvalidRange',
  'ListCloudBoxesForbidden',
  'MetaQueryActionNotSupported',
  'NoSuchRegion',
  'NotModified',
  'ObjectNotAppendable',
  'PositionNotEqualToLength',
  'RequesterPays',
  'ResourceGroupIdPreCheckError',
  'RestoreNotSupported',
  'SymlinkTargetNotExist',
  'UnexpectedQueryParameter',
  'UserDisable',
]);

describe('every row', () => {
  test.each(rows)('%s', (name, row) => {
    expect(
      Object.keys(row).filter((k) => !['code', 'status', 'message', 'ec'].includes(k)),
    ).toEqual([]);
    expect(row.code).toMatch(/^[A-Z][A-Za-z0-9]{4,}$/);
    expect(Number.isInteger(row.status)).toBe(true);
    // 203 is a failed callback, 304 an unmet condition; everything else is a client's or our fault.
    expect(
      row.status === 203 || row.status === 304 || (row.status >= 400 && row.status < 600),
    ).toBe(true);
    expect(row.message).toBe(row.message.trim());
    expect(row.message).not.toMatch(/[†…\n]| {2}|TODO|undocumented/);
    expect(row.message.endsWith('.')).toBe(!withoutFullStop.has(name));
    if (row.ec !== undefined) {
      expect(row.ec).toMatch(/^\d{4}-\d{8}$/);
      expect(families).toContain(row.ec.slice(0, 4));
    }
  });
});

test('no two cases answer the very same', () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [name, { code, status, message, ec }] of rows) {
    const answer = JSON.stringify([code, status, message, ec]);
    const other = seen.get(answer);
    if (other !== undefined) twice.push(`${other} = ${name}`);
    seen.set(answer, name);
  }
  expect(twice).toEqual([]);
});

test('one EC belongs to one code', () => {
  const codeOf = new Map<string, string>();
  for (const [, { code, ec }] of rows) {
    if (ec === undefined) continue;
    expect(`${ec} ${codeOf.get(ec) ?? code}`).toBe(`${ec} ${code}`);
    codeOf.set(ec, code);
  }
});

test('no refusal asks SDKs to repeat it unless repeating can help', () => {
  // SDKs repeat 401, 408, 429 and 5xx, and the codes below (errors reference §1, "Retry").
  const repeated = rows.filter(([, { status, code }]) => {
    const byCode = code === 'RequestTimeTooSkewed' || code === 'BadRequest';
    return byCode || [401, 408, 429].includes(status) || status >= 500;
  });
  expect(repeated.map(([name]) => name).sort()).toEqual([
    'ActiveRequestLimitExceeded',
    'CorsMethodMissing',
    'CorsOriginMissing',
    'CpuLimitExceeded',
    'DownloadTrafficRateLimitExceeded',
    'InsufficientStorage',
    'InternalError',
    'MetaOperationQpsLimitExceeded',
    'RequestTimeTooSkewed',
    'ServiceUnavailable',
    'TotalQpsLimitExceeded',
    'UploadTrafficRateLimitExceeded',
  ]);
});

// case, status, code, message, EC: errors reference §2.
const naming: Golden[] = [
  ['NoSuchBucket', 404, 'NoSuchBucket', 'The specified bucket does not exist.', '0015-00000101'],
  ['NoSuchKey', 404, 'NoSuchKey', 'The specified key does not exist.', '0026-00000001'],
  ['NoSuchVersion', 404, 'NoSuchVersion', 'The specified version does not exist.', undefined],
  [
    'SymlinkTargetNotExist',
    404,
    'SymlinkTargetNotExist',
    'The symlink target object does not exist',
    '0026-00000012',
  ],
  [
    'ObjectNameTooLong',
    400,
    'InvalidObjectName',
    'The Length of Object name must be less than 1024.',
    undefined,
  ],
  ['NotUtf8', 400, 'InvalidArgument', 'The characters encoding must be utf-8.', undefined],
  [
    'BucketAlreadyExists',
    409,
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    '0015-00000102',
  ],
];

// errors reference §3; signing reference §7.2; choices rows 2, 5 and 6.
const authentication: Golden[] = [
  [
    'InvalidAccessKeyId',
    403,
    'InvalidAccessKeyId',
    'The OSS Access Key Id you provided does not exist in our records.',
    '0002-00000902',
  ],
  ...(
    [
      ['SignatureDoesNotMatchV1', '0002-00000040'],
      ['SignatureDoesNotMatchV4', '0002-00000201'],
    ] as const
  ).map(
    ([name, ec]): Golden => [
      name,
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      ec,
    ],
  ),
  ['ExpiredUrlV1', 403, 'AccessDenied', 'Request has expired.', '0002-00000069'],
  ['ExpiredUrlV4', 403, 'AccessDenied', 'Request has expired.', '0002-00000236'],
  [
    'RequestTimeTooSkewed',
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    '0002-00000504',
  ],
  [
    'MissingDate',
    403,
    'AccessDenied',
    'OSS authentication requires a valid Date.',
    '0002-00000503',
  ],
  [
    'InvalidSigningRegion',
    400,
    'InvalidArgument',
    'Invalid signing region in Authorization header.',
    '0002-00000226',
  ],
  [
    'InvalidSigningProduct',
    400,
    'InvalidArgument',
    'Invalid signing product in Authorization header.',
    '0002-00000227',
  ],
  [
    'AccessDeniedByBucketAcl',
    403,
    'AccessDenied',
    'You have no right to access this object because of bucket acl.',
    '0003-00000001',
  ],
];

// errors reference §4-§6; choices row 4.
const requests: Golden[] = [
  [
    'HeaderNotImplemented',
    400,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented.',
    '0017-00000245',
  ],
  [
    'PreconditionFailed',
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold.',
    '0017-00001001',
  ],
  ['InvalidRange', 416, 'InvalidRange', 'The requested range cannot be satisfied', undefined],
  [
    'InvalidDigest',
    400,
    'InvalidDigest',
    'The Content-MD5 you specified was invalid.',
    '0017-00000503',
  ],
  [
    'MissingContentLength',
    411,
    'MissingContentLength',
    'You must provide the Content-Length HTTP header.',
    '0017-00000101',
  ],
  [
    'FileAlreadyExists',
    409,
    'FileAlreadyExists',
    'The object you specified already exists and can not be overwritten.',
    '0026-00000002',
  ],
  [
    'NoSuchUploadForPart',
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    '0042-00000104',
  ],
  [
    'CompleteAllWithBody',
    400,
    'InvalidArgument',
    'Should not speficy both complete all header and http body.',
    '0042-00000216',
  ],
  [
    'NoSuchCORSConfiguration',
    404,
    'NoSuchCORSConfiguration',
    'The CORS Configuration does not exist.',
    '0034-00000001',
  ],
  [
    'CorsNotAllowed',
    403,
    'AccessForbidden',
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted by the resource's CORS spec.",
    '0003-00000602',
  ],
  [
    'CorsOriginMissing',
    400,
    'BadRequest',
    'Insufficient information. Origin request header needed.',
    '0034-00000101',
  ],
  [
    'CORSRuleBeyondLimit',
    400,
    'CORSRuleBeyondLimit',
    'The CORS Rules num is beyond limit',
    '0034-00000006',
  ],
  [
    'MaxKeysOfVersions',
    400,
    'InvalidArgument',
    'The max-keys must be an integer between 1 and 1000, inclusive.',
    '0012-00000102',
  ],
  [
    'InvalidVersionIdMarker',
    400,
    'InvalidArgument',
    'Invalid version id specified.',
    '0012-00000105',
  ],
];

// errors reference §6, with the EC pages of the documentation.
const customDomains: Golden[] = [
  ['CnameTokenNotFound', 404, 'CnameTokenNotFound', 'Cname token not found.', '0018-00000301'],
  [
    'NeedVerifyDomainOwnership',
    403,
    'NeedVerifyDomainOwnership',
    'Please verify domain ownership by CreateCnameToken and try again.',
    '0018-00000115',
  ],
  [
    'CnameAlreadyExists',
    409,
    'CnameAlreadyExists',
    'The cname has been attatched to your other bucket already.',
    undefined,
  ],
  ['CnameDenied', 403, 'CnameDenied', 'The cname belongs to another user.', undefined],
];

type Golden = [ErrorCase, number, string, string, string | undefined];

test.each([...naming, ...authentication, ...requests, ...customDomains])(
  '%s is served as OSS serves it',
  (...row) => {
    const [name, status, code, message, ec] = row;
    const found: ErrorRow = errorTable[name];
    expect([found.status, found.code, found.message, found.ec]).toEqual([
      status,
      code,
      message,
      ec,
    ]);
  },
);
