// What a refused link has to answer, to the last element: the words of signing reference §7, errors reference §3 are
// written out here once more, so that the table they come from in the code is checked by something else.
import { createHash, createHmac } from 'node:crypto';
import {
  defaultHashes,
  deriveSigningKey,
  encodeComponent,
  encodePath,
  parseErrorDocument,
} from '@osskeep/protocol';
import { expect } from 'vitest';
import { errorDocument } from '../../packages/server/test/support/gateway-under-test.ts';
import type { RawResponse } from '../../packages/server/test/support/raw-http.ts';
import type { Version } from './refusals-links.ts';
import { keys, type Link, mismatchEc, parameter } from './refusals-stage.ts';
import type { Keys } from './support/job.ts';
import { bucket, region } from './support/stage.ts';

/** The elements of a document, read by a strict parser. */
type Elements = Readonly<Record<string, string>>;
type Value = string | RegExp | ((text: string, elements: Elements) => void);

export interface Expected {
  readonly status: number;
  readonly code: string;
  /** undefined: no source knows one, so none is sent. */
  readonly ec: string | undefined;
  readonly message: string;
  /** The elements of this refusal, all of them and in this order. */
  readonly elements: Readonly<Record<string, Value>>;
  /** undefined: there must be none. */
  readonly hint?: string | undefined;
}

const forbidden = (
  code: string,
  ec: string | undefined,
  message: string,
  elements: Expected['elements'] = {},
  hint?: string,
): Expected => ({ status: 403, code, ec, message, elements, hint });

const invalid = (ec: string | undefined, message: string, elements: Expected['elements'] = {}) => ({
  ...forbidden('InvalidArgument', ec, message, elements),
  status: 400,
});

/** Everything that a client or a person can read from a refusal (signing reference §7.1, errors reference §1). */
export function expectRefused(response: RawResponse, link: Link, expected: Expected): void {
  const document = errorDocument(response);
  const read = parseErrorDocument(Buffer.from(document), response.status);
  const { status, code, ec, message, elements, hint } = expected;
  expect({ status: response.status, code: read?.code }, document).toEqual({ status, code });
  if (read === undefined) throw new Error('no document');
  const names = [...document.matchAll(/<(\w+)>/g)].map(([, name]) => name);
  expect(names).toEqual([
    ...['Error', 'Code', 'Message', 'RequestId', 'HostId'],
    ...Object.keys(elements),
    ...(hint === undefined ? [] : ['Hint']),
    ...(ec === undefined ? [] : ['EC', 'RecommendDoc']),
  ]);
  expect(document.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
  expect(read.message).toBe(message);
  const id = response.headers.get('x-oss-request-id');
  expect(id).toMatch(/^[0-9A-F]{24}$/);
  expect(read.requestId).toBe(id);
  expect(read.hostId).toBe(link.host);
  expect(read.ec).toBe(ec);
  expect(response.headers.get('x-oss-ec')).toBe(ec);
  const page = `<RecommendDoc>https://api.aliyun.com/troubleshoot?q=${ec}</RecommendDoc>`;
  if (ec !== undefined) expect(document).toContain(page);
  expect(read.details['Hint']).toBe(hint);
  expect(response.headers.get('x-osskeep-hint')).toBe(hint);
  for (const [name, value] of Object.entries(elements)) {
    const text = read.details[name] ?? '';
    if (typeof value === 'function') value(text, read.details);
    else if (typeof value === 'string') expect(text, name).toBe(value);
    else expect(text, name).toMatch(value);
  }
  expect(response.headers.get('server')).toBe('AliyunOSS');
  expect(response.headers.get('date')).toMatch(/ GMT$/);
  if (response.headers.has('x-oss-err')) expect(response.body.length).toBe(0);
  else expect(response.headers.get('content-type')).toBe('application/xml');
}

export interface Sent {
  readonly method?: string | undefined;
  /** What the server has to have read. */
  readonly bucket?: string | undefined;
  readonly key: string;
  readonly keys?: Keys | undefined;
}

/** SignatureDoesNotMatch: everything to compare with, and never the right signature. */
export function mismatch(version: Version, link: Link, sent: Sent, hint?: string): Expected {
  const { accessKeyId } = sent.keys ?? keys.owner;
  return forbidden(
    'SignatureDoesNotMatch',
    mismatchEc[version],
    'The request signature we calculated does not match the signature you provided. Check your key' +
      ' and signing method.',
    {
      OSSAccessKeyId: accessKeyId,
      SignatureProvided: parameter(link, 'Signature', 'x-oss-signature') ?? '',
      StringToSign: (text, all) => checkStringToSign(version, link, sent, text, all),
      StringToSignBytes: (bytes, all) => {
        expect(bytes).toMatch(/^([0-9A-F]{2} )+$/);
        const text = Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString();
        expect(text).toBe(all['StringToSign']);
      },
      ...(version === 'V4' ? { CanonicalRequest: (text) => checkCanonical(sent, text) } : {}),
    },
    hint,
  );
}

function checkCanonical({ method = 'GET', bucket: read = bucket, key }: Sent, text: string): void {
  const lines = text.split('\n');
  expect(lines.slice(0, 2)).toEqual([method, `/${read}/${encodePath(key)}`]);
  expect(lines[2]).toContain('x-oss-signature-version=OSS4-HMAC-SHA256');
  expect(lines[2]).not.toContain('x-oss-signature=');
  expect(lines.at(-1)).toBe('UNSIGNED-PAYLOAD');
}

function checkStringToSign(
  version: Version,
  link: Link,
  { method = 'GET', bucket: read = bucket, key, keys: by = keys.owner }: Sent,
  text: string,
  all: Elements,
): void {
  const lines = text.split('\n');
  if (version === 'V4') {
    const canonical = all['CanonicalRequest'] ?? '';
    const date = parameter(link, 'x-oss-date');
    const scope = parameter(link, 'x-oss-credential')?.split('/').slice(-4).join('/');
    const hash = createHash('sha256').update(canonical).digest('hex');
    expect(lines).toEqual(['OSS4-HMAC-SHA256', date, scope, hash]);
  } else {
    expect(lines[0]).toBe(method);
    expect(lines[3]).toBe(parameter(link, 'Expires', 'x-oss-expires'));
    const resource = `/${read}/${key}`;
    const written = version === 'V1' ? resource : encodeComponent(resource);
    const last = lines.at(-1) ?? '';
    expect([written, `${written}?`]).toContain(last.slice(0, written.length + 1));
  }
  const shown = Object.values(all).join('\n');
  expect(shown).not.toContain(rightSignature(version, link, by.accessKeySecret, text));
  expect(shown).not.toContain(by.accessKeySecret);
}

function rightSignature(version: Version, link: Link, secret: string, text: string): string {
  if (version === 'V1') return createHmac('sha1', secret).update(text).digest('base64');
  if (version === 'V2') return createHmac('sha256', secret).update(text).digest('base64');
  const [date = ''] = parameter(link, 'x-oss-credential')?.split('/').slice(-4) ?? [];
  const key = deriveSigningKey(secret, { date, region, product: 'oss' }, defaultHashes());
  return createHmac('sha256', key).update(text).digest('hex');
}

function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000Z`;
}

export const expired = (version: Version, endMs: number, nowMs: number, hint?: string): Expected =>
  forbidden(
    'AccessDenied',
    version === 'V4' ? '0002-00000236' : '0002-00000069',
    'Request has expired.',
    { Expires: seconds(endMs), ServerTime: seconds(nowMs) },
    hint,
  );

/** Of a link with a token that still had time by its own account. */
export const tokenEndedLink =
  'A link with a security token ends 12 hours after its x-oss-date: sign a new one.';

export const notYetValid = (endMs: number, nowMs: number): Expected =>
  forbidden(
    'AccessDenied',
    '0002-00000235',
    'The URL is not valid yet: its x-oss-date lies too far in the future. Correct the clock of the' +
      ' machine that signed it.',
    { Expires: seconds(endMs), ServerTime: seconds(nowMs) },
  );

/** A link that has lost what makes it one is read as an anonymous request. */
export const anonymous = (hint?: string): Expected =>
  forbidden(
    'AccessDenied',
    '0003-00000001',
    'You have no right to access this object because of bucket acl.',
    {},
    hint,
  );

export const lostVersion = anonymous(
  'The link lost its x-oss-signature-version and was read as not signed: send it as it was made.',
);

export function unknownKey(accessKeyId: string): Expected {
  const ec = accessKeyId.startsWith('STS.') ? '0002-00000002' : '0002-00000902';
  return forbidden('InvalidAccessKeyId', ec, noSuchKeyId, { OSSAccessKeyId: accessKeyId });
}

const noSuchKeyId = 'The OSS Access Key Id you provided does not exist in our records.';

export const disabledKey = (accessKeyId: string): Expected =>
  forbidden(
    'InvalidAccessKeyId',
    '0002-00000903',
    'The OSS Access Key Id you provided is disabled.',
    { OSSAccessKeyId: accessKeyId },
  );

export const tokenName = (version: Version): string =>
  version === 'V4' ? 'x-oss-security-token' : 'security-token';

export const missingToken = (version: Version, accessKeyId: string): Expected =>
  forbidden(
    'InvalidAccessKeyId',
    '0002-00000003',
    noSuchKeyId,
    { OSSAccessKeyId: accessKeyId },
    `This is a temporary access key: its links carry the token in ${tokenName(version)}.`,
  );

export const wrongToken = (accessKeyId: string, hint?: string): Expected =>
  forbidden(
    'InvalidSecurityToken',
    '0002-00000006',
    'The security token you provided is invalid.',
    { OSSAccessKeyId: accessKeyId },
    hint,
  );

export const tokenWithOrdinaryKey = (accessKeyId: string): Expected =>
  forbidden(
    'InvalidSecurityToken',
    undefined,
    'The security token you provided is invalid. This access key is not a temporary one: send no' +
      ' token with it.',
    { OSSAccessKeyId: accessKeyId },
  );

export const tokenTwice: Expected = invalid(
  '0002-00000010',
  'The security token is in a header and in the URL. Send it in one place, the one where the' +
    ' signature is.',
);

export const noSuchKey = (key: string): Expected => ({
  ...forbidden('NoSuchKey', '0026-00000001', 'The specified key does not exist.', { Key: key }),
  status: 404,
});

export const noSuchBucket = (name: string): Expected => ({
  ...forbidden('NoSuchBucket', '0015-00000101', 'The specified bucket does not exist.', {
    BucketName: name,
  }),
  status: 404,
});

/** A path with an escape that is none, or with bytes that are no UTF-8. */
export function unreadablePath(wire: string): Expected {
  const malformed = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(wire)?.[0];
  const message =
    malformed === undefined
      ? 'The characters encoding must be utf-8.'
      : 'A % in the request target must be followed by two hexadecimal digits. Write a literal percent' +
        ' sign as %25.';
  return invalid(undefined, message, { ArgumentName: 'path', ArgumentValue: malformed ?? wire });
}

export const expiresOutOfRange = (given: string): Expected =>
  invalid(
    '0002-00000232',
    'x-oss-expires is invalid, should be specified between 1 and 604800 seconds.',
    { ArgumentName: 'x-oss-expires', ArgumentValue: given },
  );

const invalidDate = (ec: string): Expected =>
  forbidden('AccessDenied', ec, 'OSS authentication requires a valid Date.');
export const missingDate: Expected = invalidDate('0002-00000503');
export const malformedDate: Expected = invalidDate('0002-00000502');
export const malformedTime: Expected = invalidDate('0002-00000505');

export const unknownVersion = (given: string): Expected =>
  invalid(
    '0002-00000066',
    'x-oss-signature-version is unknown. Use OSS4-HMAC-SHA256, or sign with version 1 and leave the' +
      ' parameter out.',
    { ArgumentName: 'x-oss-signature-version', ArgumentValue: given },
  );

const credentialElements = (given: string): Expected['elements'] => ({
  ArgumentName: 'x-oss-credential',
  ArgumentValue: given,
});

/** One of the parts of `x-oss-credential` changed; `given` is what was sent. */
export function wrongCredential(given: string): Expected {
  const parts = given.split('/');
  const [id = '', , sent = '', product, suffix] = parts;
  const scope = credentialElements(parts.slice(1).join('/'));
  if (parts.length !== 5 || suffix !== 'aliyun_v4_request') {
    return invalid(
      '0002-00000224',
      'x-oss-credential must be AccessKeyId/YYYYMMDD/region/oss/aliyun_v4_request with five parts.',
      credentialElements(given),
    );
  }
  if (id !== keys.temporary.accessKeyId) return unknownKey(id);
  if (sent !== region) {
    return {
      ...invalid('0002-00000226', 'The signing region in credential is invalid.', scope),
      hint: `The signature was made for the region ${sent}; the region of this service is ${region}.`,
    };
  }
  if (product !== 'oss') {
    return invalid('0002-00000227', 'The signing product in credential is invalid.', scope);
  }
  return wrongDay(given);
}

export const wrongDay = (credential: string): Expected =>
  invalid(
    '0002-00000212',
    'The date in the credential must be the day of the request in UTC, written as YYYYMMDD.',
    credentialElements(credential.split('/').slice(1).join('/')),
  );

const incompleteV1 =
  'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters';

/** What each parameter of a signature is missed with; undefined: the signature just does not match. */
export function missingParameter(version: Version, name: string, by: Keys): Expected | undefined {
  if (name === tokenName(version)) return missingToken(version, by.accessKeyId);
  const requires = (ec: string | undefined, what = `A URL signed with OSS2`): Expected =>
    invalid(ec, `${what} requires the parameter ${name}.`);
  const rows: Record<Version, Record<string, Expected>> = {
    V1: {
      OSSAccessKeyId: forbidden('AccessDenied', '0002-00000071', incompleteV1),
      Expires: forbidden('AccessDenied', '0002-00000067', incompleteV1),
      Signature: forbidden('AccessDenied', undefined, incompleteV1),
    },
    V2: {
      'x-oss-signature-version': lostVersion,
      'x-oss-access-key-id': requires(undefined),
      'x-oss-expires': requires('0002-00000113'),
      'x-oss-signature': requires('0002-00000117'),
    },
    V4: {
      'x-oss-signature-version': lostVersion,
      'x-oss-credential': requires('0002-00000217', 'A signed URL'),
      'x-oss-date': missingDate,
      'x-oss-expires': requires('0002-00000215', 'A signed URL'),
      'x-oss-signature': requires('0002-00000219', 'A signed URL'),
    },
  };
  return rows[version][name];
}
