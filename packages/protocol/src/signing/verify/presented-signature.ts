// Finds out which signature a request carries, if any (signing reference §0). Nothing is verified
// here; what is malformed is refused before any key is looked up.
import { ossError } from '../../errors/refuse.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import type { Presented } from '../checks/presented.ts';
import { headerName, queryName, v1Algorithm, v2Algorithm, v4Algorithm } from '../elements/names.ts';
import { firstQuery, type SignedHeaders } from '../elements/request-headers.ts';
import { parseV1Authorization, parseV1Url } from '../v1/parse.ts';
import { parseV2Authorization, parseV2Url } from '../v2/parse.ts';
import { parseV4Authorization, parseV4Url } from '../v4/parse.ts';

/** null = anonymous. Throws the 400s and 403s of a malformed signature. */
export function presentedSignature(query: QueryPairs, headers: SignedHeaders): Presented | null {
  const authorization = headers.get(headerName.authorization);
  const version = firstQuery(query, queryName.version);
  const isV1Url =
    version === undefined &&
    query.some(
      ([name]) =>
        name === queryName.v1AccessKeyId ||
        name === queryName.v1Expires ||
        name === queryName.v1Signature,
    );
  const inUrl = version !== undefined || isV1Url;
  if (authorization !== undefined && inUrl) throw ossError('BothSignatures');
  if (authorization === undefined && !inUrl) return null;
  refuseTwoTokens(query, headers);
  if (authorization !== undefined) return fromAuthorization(authorization, headers);
  if (isV1Url) return parseV1Url(query, headers);
  if (version === v4Algorithm) return parseV4Url(query, headers);
  if (version === v2Algorithm) return parseV2Url(query, headers);
  throw ossError('UnknownSignatureVersion', {
    ArgumentName: queryName.version,
    ArgumentValue: version ?? '',
  });
}

function fromAuthorization(authorization: string, headers: SignedHeaders): Presented {
  if (authorization === '') throw ossError('EmptyAuthorization');
  const space = authorization.indexOf(' ');
  const scheme = space === -1 ? authorization : authorization.slice(0, space);
  const rest = space === -1 ? '' : authorization.slice(space + 1);
  switch (scheme) {
    case v4Algorithm:
      return parseV4Authorization(authorization, rest, headers);
    case v2Algorithm:
      return parseV2Authorization(authorization, rest, headers);
    case v1Algorithm:
      return parseV1Authorization(authorization, rest, headers);
    default:
      throw ossError('UnknownAuthorizationScheme', {
        ArgumentName: 'Authorization',
        ArgumentValue: scheme,
      });
  }
}

function refuseTwoTokens(query: QueryPairs, headers: SignedHeaders): void {
  if (!headers.has(headerName.securityToken)) return;
  for (const [name] of query) {
    if (name === queryName.securityToken || name === queryName.v1SecurityToken) {
      throw ossError('TokenInBothPlaces');
    }
  }
}
