// Reads a V2 signature from the Authorization header or the URL.
import { ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import { headerName, queryName } from '../names.ts';
import type { PresentedV2 } from '../presented.ts';
import type { QueryPairs } from '../request.ts';
import { firstQuery, type SignedHeaders } from '../request-headers.ts';
import { additionalHeaderMissing, isKeyId } from '../v4/parse.ts';

export function parseV2Authorization(authorization: string, headers: SignedHeaders): PresentedV2 {
  const malformed = (errorCase: ErrorCase): Error =>
    ossError(errorCase, { ArgumentName: 'Authorization', ArgumentValue: authorization });
  const fields = new Map<string, string>();
  const items = authorization.slice('OSS2 '.length).split(',');
  if (items.length < 2 || items.length > 3) throw malformed('AuthorizationFieldCountV2');
  for (const item of items) {
    const colon = item.indexOf(':');
    if (colon === -1) throw malformed('AuthorizationWithoutColonV2');
    fields.set(item.slice(0, colon).trim(), item.slice(colon + 1).trim());
  }
  for (const name of fields.keys()) {
    if (!['AccessKeyId', 'AdditionalHeaders', 'Signature'].includes(name)) {
      throw malformed('AuthorizationUnknownFieldV2');
    }
  }
  const accessKeyId = fields.get('AccessKeyId');
  const signature = fields.get('Signature');
  if (accessKeyId === undefined || !isKeyId(accessKeyId)) {
    throw malformed('AuthorizationWithoutKeyIdV2');
  }
  if (signature === undefined || signature === '') {
    throw malformed('AuthorizationWithoutSignatureV2');
  }
  return {
    version: 'v2',
    mode: 'header',
    accessKeyId,
    signature,
    securityToken: headers.get(headerName.securityToken),
    expires: undefined,
    additionalHeaders: requirePresent(fields.get('AdditionalHeaders'), headers),
  };
}

export function parseV2Url(query: QueryPairs, headers: SignedHeaders): PresentedV2 {
  const required = (name: string): string => {
    const value = firstQuery(query, name);
    if (value === undefined || value === '') {
      throw ossError('AccessDenied', {}, { message: `A V2 signed URL requires ${name}.` });
    }
    return value;
  };
  const accessKeyId = required(queryName.v2AccessKeyId);
  const expires = required(queryName.expires);
  const signature = required(queryName.signature);
  return {
    version: 'v2',
    mode: 'url',
    accessKeyId,
    signature,
    securityToken:
      firstQuery(query, queryName.v1SecurityToken) ?? headers.get(headerName.securityToken),
    expires,
    additionalHeaders: requirePresent(firstQuery(query, queryName.additionalHeaders), headers),
  };
}

function requirePresent(list: string | undefined, headers: SignedHeaders): string[] {
  if (list === undefined || list === '') return [];
  const names = list.split(';').map((name) => name.trim().toLowerCase());
  for (const name of names) if (!headers.has(name)) throw additionalHeaderMissing(name);
  return [...new Set(names)].sort();
}
