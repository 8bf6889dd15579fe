// Reads a V1 signature from the Authorization header or the URL.
import { ossError } from '../../errors/refuse.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import type { PresentedV1 } from '../checks/presented.ts';
import { isKeyId } from '../elements/key-id.ts';
import { headerName, queryName } from '../elements/names.ts';
import { firstQuery, type SignedHeaders } from '../elements/request-headers.ts';

function headerToken(headers: SignedHeaders): string | undefined {
  return headers.get(headerName.securityToken) ?? headers.get(headerName.unprefixedToken);
}

/** `text` is what follows the scheme and one space. */
export function parseV1Authorization(
  authorization: string,
  text: string,
  headers: SignedHeaders,
): PresentedV1 {
  const details = { ArgumentName: 'Authorization', ArgumentValue: authorization };
  const colon = text.lastIndexOf(':');
  if (colon === -1) throw ossError('AuthorizationWithoutColonV1', details);
  const accessKeyId = text.slice(0, colon);
  const signature = text.slice(colon + 1);
  if (accessKeyId.trim() === '' || accessKeyId.startsWith(' ')) {
    throw ossError('AuthorizationWithoutKeyIdV1', details);
  }
  if (!isKeyId(accessKeyId)) throw ossError('AuthorizationKeyIdMalformedV1', details);
  if (signature === '') throw ossError('AuthorizationWithoutSignatureV1', details);
  return {
    version: 'v1',
    mode: 'header',
    accessKeyId,
    signature,
    securityToken: headerToken(headers),
    expires: undefined,
  };
}

export function parseV1Url(query: QueryPairs, headers: SignedHeaders): PresentedV1 {
  // Of a repeated name the first value counts (signing reference §3.3).
  const accessKeyId = firstQuery(query, queryName.v1AccessKeyId);
  const expires = firstQuery(query, queryName.v1Expires);
  const signature = firstQuery(query, queryName.v1Signature);
  if (expires === undefined) throw ossError('MissingExpiresV1');
  if (expires === '') throw ossError('EmptyExpiresV1');
  if (accessKeyId === undefined || accessKeyId === '') throw ossError('MissingAccessKeyIdV1');
  if (signature === undefined || signature === '') throw ossError('IncompleteUrlV1');
  if (!isKeyId(accessKeyId)) throw ossError('AccessKeyIdMalformed');
  return {
    version: 'v1',
    mode: 'url',
    accessKeyId,
    signature,
    securityToken: firstQuery(query, queryName.v1SecurityToken) ?? headerToken(headers),
    expires,
  };
}
