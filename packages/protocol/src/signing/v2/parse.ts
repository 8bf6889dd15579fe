// Reads a V2 signature from the Authorization header or the URL (signing reference §4). Each way to
// be malformed has its own EC (signing reference §7.3).
import { ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import type { PresentedV2 } from '../checks/presented.ts';
import { isKeyId } from '../elements/key-id.ts';
import { headerName, queryName } from '../elements/names.ts';
import { firstQuery, type SignedHeaders } from '../elements/request-headers.ts';

const fieldNames: ReadonlySet<string> = new Set(['AccessKeyId', 'AdditionalHeaders', 'Signature']);

/** `text` is what follows the scheme and one space. */
export function parseV2Authorization(
  authorization: string,
  text: string,
  headers: SignedHeaders,
): PresentedV2 {
  const refused = (errorCase: ErrorCase): Error =>
    ossError(errorCase, { ArgumentName: 'Authorization', ArgumentValue: authorization });
  const fields = new Map<string, string>();
  const items = text.split(',');
  if (items.length < 2 || items.length > 3) throw refused('AuthorizationFieldCountV2');
  for (const item of items) {
    const colon = item.indexOf(':');
    if (colon === -1) throw refused('AuthorizationWithoutColonV2');
    const name = item.slice(0, colon).trim();
    if (!fieldNames.has(name) || fields.has(name)) throw refused('AuthorizationUnknownFieldV2');
    fields.set(name, item.slice(colon + 1).trim());
  }
  const accessKeyId = fields.get('AccessKeyId');
  if (accessKeyId === undefined || accessKeyId === '') throw refused('AuthorizationWithoutKeyIdV2');
  if (!isKeyId(accessKeyId)) throw refused('AuthorizationKeyIdMalformedV2');
  const signature = fields.get('Signature');
  if (signature === undefined) throw refused('AuthorizationWithoutSignatureV2');
  if (signature === '') throw refused('AuthorizationEmptySignatureV2');
  const list = fields.get('AdditionalHeaders');
  if (list === '') throw refused('AdditionalHeadersEmptyV2');
  return {
    version: 'v2',
    mode: 'header',
    accessKeyId,
    signature,
    securityToken: headers.get(headerName.securityToken),
    expires: undefined,
    additionalHeaders: presentNames(list, headers, () => refused('AdditionalHeaderMissingV2')),
  };
}

export function parseV2Url(query: QueryPairs, headers: SignedHeaders): PresentedV2 {
  const required = (name: string, missing: ErrorCase, empty: ErrorCase): string => {
    const value = firstQuery(query, name);
    if (value === undefined) throw ossError(missing);
    if (value === '') throw ossError(empty);
    return value;
  };
  const accessKeyId = required(
    queryName.v2AccessKeyId,
    'MissingAccessKeyIdV2',
    'EmptyAccessKeyIdV2',
  );
  const expires = required(queryName.expires, 'MissingExpiresV2', 'EmptyExpiresV2');
  const signature = required(queryName.signature, 'MissingSignatureV2', 'EmptySignatureV2');
  if (!isKeyId(accessKeyId)) throw ossError('AccessKeyIdMalformed');
  const list = firstQuery(query, queryName.additionalHeaders);
  if (list === '') throw ossError('AdditionalHeadersEmptyInUrl');
  return {
    version: 'v2',
    mode: 'url',
    accessKeyId,
    signature,
    securityToken:
      firstQuery(query, queryName.v1SecurityToken) ?? headers.get(headerName.securityToken),
    expires,
    additionalHeaders: presentNames(list, headers, (name) =>
      ossError('AdditionalHeaderMissing', {
        ArgumentName: queryName.additionalHeaders,
        ArgumentValue: name,
      }),
    ),
  };
}

/** In V2 every named header must be sent (signing reference §4). */
function presentNames(
  list: string | undefined,
  headers: SignedHeaders,
  missing: (name: string) => Error,
): string[] {
  if (list === undefined) return [];
  const names = list.split(';').map((name) => name.trim().toLowerCase());
  for (const name of names) if (!headers.has(name)) throw missing(name);
  return [...new Set(names)].sort();
}
