// Reads a V4 signature from the Authorization header or the URL. Each way to be malformed has its
// own EC (signing reference §7.3).
import { ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import type { PresentedV4 } from '../checks/presented.ts';
import {
  normalizeAdditionalHeaders,
  splitAdditionalHeaders,
} from '../elements/additional-headers.ts';
import { headerName, queryName, unsignedPayload } from '../elements/names.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { type CredentialCases, parseCredential } from './parse-credential.ts';

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

/** `text` is what follows the scheme and one space. */
export function parseV4Authorization(
  authorization: string,
  text: string,
  headers: SignedHeaders,
): PresentedV4 {
  const refused = (errorCase: ErrorCase): Error =>
    ossError(errorCase, { Authorization: authorization });
  const items = text.split(',');
  if (items.length > 3) throw refused('AuthorizationMalformedV4');
  let credential: string | undefined;
  let signature: string | undefined;
  let list: string | undefined;
  for (const item of items) {
    const equals = item.indexOf('=');
    const name = item.slice(0, Math.max(equals, 0)).trim();
    const value = item.slice(equals + 1).trim();
    if (name === 'Credential' && credential === undefined) credential = value;
    else if (name === 'Signature' && signature === undefined) signature = value;
    else if (name === 'AdditionalHeaders' && list === undefined) list = value;
    else throw refused('AuthorizationMalformedV4');
  }
  if (credential === undefined) throw refused('AuthorizationWithoutCredentialV4');
  if (signature === undefined || signature === '') throw refused('AuthorizationMalformedV4');
  if (list === '') throw refused('AdditionalHeadersEmptyV4');
  const names = list === undefined ? [] : splitAdditionalHeaders(list);
  if (names.includes('')) throw refused('AdditionalHeaderNameEmptyV4');
  const parts = parseCredential(credential, headerCases, refused);
  requireUnsignedPayload(headers);
  return {
    version: 'v4',
    mode: 'header',
    accessKeyId: parts.accessKeyId,
    scope: parts.scope,
    signature,
    securityToken: headers.get(headerName.securityToken),
    expires: undefined,
    urlDate: undefined,
    additionalHeaders: normalizeAdditionalHeaders(names),
    authorization,
  };
}

export function parseV4Url(query: QueryPairs, headers: SignedHeaders): PresentedV4 {
  const given = firstValues(query);
  const credential = required(given.credential, 'MissingCredentialV4', 'EmptyCredentialV4');
  const signature = required(given.signature, 'MissingSignatureV4', 'EmptySignatureV4');
  const expires = required(given.expires, 'MissingExpiresV4', 'EmptyExpiresV4');
  const parts = parseCredential(credential, urlCases, (errorCase) =>
    ossError(errorCase, { ArgumentName: queryName.credential, ArgumentValue: credential }),
  );
  const additionalHeaders = urlAdditionalHeaders(given.additionalHeaders, headers);
  requireUnsignedPayload(headers);
  return {
    version: 'v4',
    mode: 'url',
    accessKeyId: parts.accessKeyId,
    scope: parts.scope,
    signature,
    // The header is no documented place; sent there it is signed all the same and must not be lost.
    securityToken: given.securityToken ?? headers.get(headerName.securityToken),
    expires,
    urlDate: given.date,
    additionalHeaders,
    authorization: '',
  };
}

/** Of each name the first value; `''` when it came without one. */
interface GivenInUrl {
  credential: string | undefined;
  signature: string | undefined;
  expires: string | undefined;
  date: string | undefined;
  securityToken: string | undefined;
  additionalHeaders: string | undefined;
}

function firstValues(query: QueryPairs): GivenInUrl {
  const given: GivenInUrl = {
    credential: undefined,
    signature: undefined,
    expires: undefined,
    date: undefined,
    securityToken: undefined,
    additionalHeaders: undefined,
  };
  for (const [name, value = ''] of query) {
    switch (name) {
      case queryName.credential:
        given.credential ??= value;
        break;
      case queryName.signature:
        given.signature ??= value;
        break;
      case queryName.expires:
        given.expires ??= value;
        break;
      case queryName.date:
        given.date ??= value;
        break;
      case queryName.securityToken:
        given.securityToken ??= value;
        break;
      case queryName.additionalHeaders:
        given.additionalHeaders ??= value;
        break;
    }
  }
  return given;
}

function required(value: string | undefined, missing: ErrorCase, empty: ErrorCase): string {
  if (value === undefined) throw ossError(missing);
  if (value === '') throw ossError(empty);
  return value;
}

/** In a URL every named header must be sent (choices row 5). */
function urlAdditionalHeaders(list: string | undefined, headers: SignedHeaders): readonly string[] {
  if (list === undefined) return [];
  if (list === '') throw ossError('AdditionalHeadersEmptyInUrl');
  const names = splitAdditionalHeaders(list);
  const normalized = normalizeAdditionalHeaders(names);
  const missing = names.includes('') ? '' : normalized.find((name) => !headers.has(name));
  if (missing !== undefined) {
    throw ossError('AdditionalHeaderMissing', {
      ArgumentName: queryName.additionalHeaders,
      ArgumentValue: missing,
    });
  }
  return normalized;
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
