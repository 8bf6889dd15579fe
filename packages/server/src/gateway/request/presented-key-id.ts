// Which key a request seems to be signed with, to have it at hand when the signature is verified. A cheap look at
// where each version of the signature puts the id; verifying, and saying what is malformed, is not done here.
import { headerName, queryName } from '@osskeep/protocol';

/** After the words that come before an access key id in the Authorization header, in any version. */
const inAuthorization = /(?:Credential=|AccessKeyId:|^OSS )([^/:,\s]+)/;

/** undefined: it seems to be signed with none. */
export function presentedKeyId({
  headers,
  query,
}: {
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
}): string | undefined {
  const authorization = headers.get(headerName.authorization);
  if (authorization !== undefined) return inAuthorization.exec(authorization)?.[1];
  if (query.size === 0) return undefined;
  const credential = query.get(queryName.credential);
  if (credential !== undefined) return credential.split('/', 1)[0];
  return query.get(queryName.v1AccessKeyId) ?? query.get(queryName.v2AccessKeyId);
}
