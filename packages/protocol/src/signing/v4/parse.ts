// Reads a V4 signature from the Authorization header or the URL. Each way to be malformed has its
// own EC (signing reference §7.3).
import type { ErrorCase } from '../../errors/table.ts';
import { ossError } from '../../errors/refuse.ts';
import { normalizeAdditionalHeaders, splitAdditionalHeaders } from '../additional-headers.ts';
import { headerName, queryName, unsignedPayload, v4Suffix } from '../names.ts';
import type { PresentedV4 } from '../presented.ts';
import type { QueryPairs } from '../request.ts';
import { firstQuery, type SignedHeaders } from '../request-headers.ts';

interface CredentialCases {
  readonly shape: ErrorCase;
  readonly keyId: ErrorCase;
  readonly date: ErrorCase;
}

const headerCases: CredentialCases = {
  shape: 'InvalidCredentialV4',
  keyId: 'AuthorizationKeyIdMalformedV4',
  date: 'CredentialDateMalformedV4',
};
const urlCases: CredentialCases = {
  shape: 'InvalidCredentialInUrl',
  keyId: 'CredentialKeyIdMalformedInUrl',
  date: 'CredentialDateMalformedInUrl',
};

/** Key ids as services make them; anything else cannot be one. */
export function isKeyId(text: string): boolean {
  return /^[\x21-\x7e]{1,128}$/.test(text) && !/[<>&"'/,;:]/.test(text);
}

/** Splits from the right: the last four parts are fixed, the rest is the key id. */
function parseCredential(
  text: string,
  cases: CredentialCases,
): Pick<PresentedV4, 'accessKeyId' | 'scope'> {
  const parts = text.split('/');
  if (parts.length < 5 || parts.at(-1) !== v4Suffix) throw ossError(cases.shape);
  const [date, region, product] = parts.slice(-4, -1) as [string, string, string];
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!isKeyId(accessKeyId)) throw ossError(cases.keyId);
  if (!/^\d{8}$/.test(date)) throw ossError(cases.date);
  return { accessKeyId, scope: { date, region, product } };
}

export function parseV4Authorization(
  authorization: string,
  headers: SignedHeaders,
): PresentedV4 {
  const malformed = (errorCase: ErrorCase): Error =>
    ossError(errorCase, { Authorization: authorization });
  const fields = new Map<string, string>();
  const items = authorization.slice(authorization.indexOf(' ') + 1).split(',');
  if (items.length < 2 || items.length > 3) throw malformed('AuthorizationMalformedV4');
  for (const item of items) {
    const equals = item.indexOf('=');
    const name = item.slice(0, Math.max(equals, 0)).trim();
    const known = name === 'Credential' || name === 'AdditionalHeaders' || name === 'Signature';
    if (!known || fields.has(name)) throw malformed('AuthorizationMalformedV4');
    fields.set(name, item.slice(equals + 1).trim());
  }
  const credential = fields.get('Credential');
  if (credential === undefined) throw malformed('AuthorizationWithoutCredentialV4');
  const signature = fields.get('Signature');
  if (signature === undefined || signature === '') throw malformed('AuthorizationMalformedV4');
  const list = fields.get('AdditionalHeaders');
  const names = list === undefined ? [] : splitAdditionalHeaders(list);
  if (list === '') throw malformed('AdditionalHeadersEmptyV4');
  if (names.includes('')) throw malformed('AdditionalHeaderNameEmptyV4');
  requireUnsignedPayload(headers);
  return {
    version: 'v4',
    mode: 'header',
    ...parseCredential(credential, headerCases),
    signature,
    securityToken: headers.get(headerName.securityToken),
    expires: undefined,
    urlDate: undefined,
    additionalHeaders: normalizeAdditionalHeaders(names),
    authorization,
  };
}

export function parseV4Url(query: QueryPairs, headers: SignedHeaders): PresentedV4 {
  const required = (name: string, missing: ErrorCase, empty: ErrorCase): string => {
    const value = firstQuery(query, name);
    if (value === undefined) throw ossError(missing);
    if (value === '') throw ossError(empty);
    return value;
  };
  const credential = required(queryName.credential, 'MissingCredentialV4', 'EmptyCredentialV4');
  const signature = required(queryName.signature, 'MissingSignatureV4', 'EmptySignatureV4');
  const expires = required(queryName.expires, 'MissingExpiresV4', 'EmptyExpiresV4');
  const list = firstQuery(query, queryName.additionalHeaders);
  if (list === '') throw ossError('AdditionalHeadersEmptyInUrl');
  const names = list === undefined ? [] : splitAdditionalHeaders(list);
  const additionalHeaders = normalizeAdditionalHeaders(names);
  for (const name of additionalHeaders) {
    if (!headers.has(name)) throw additionalHeaderMissing(name);
  }
  requireUnsignedPayload(headers);
  return {
    version: 'v4',
    mode: 'url',
    ...parseCredential(credential, urlCases),
    signature,
    securityToken: firstQuery(query, queryName.securityToken),
    expires,
    urlDate: firstQuery(query, queryName.date),
    additionalHeaders,
    authorization: '',
  };
}

export function additionalHeaderMissing(name: string): Error {
  return ossError('AdditionalHeaderMissing', {
    ArgumentName: queryName.additionalHeaders,
    ArgumentValue: name,
  });
}

/** The body is never hashed into the signature; a client that asks for it must not be misled. */
function requireUnsignedPayload(headers: SignedHeaders): void {
  const value = headers.get(headerName.contentSha256);
  if (value !== undefined && value !== unsignedPayload) {
    throw ossError('InvalidContentSha256', {
      ArgumentName: headerName.contentSha256,
      ArgumentValue: value,
    });
  }
}
