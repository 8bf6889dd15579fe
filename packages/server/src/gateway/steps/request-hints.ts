// What the head of a request names, found before anything is looked up, so that the store can be asked for all
// of it at once. Nothing is decided here: a name that turns out to be another one costs a trip.
import { headerName, queryName } from '@osskeep/protocol';
import type { Hints } from '../../core/store.ts';
import type { Resource } from '../resource.ts';
import type { Head } from './read-head.ts';

/** `domain`: of the host, where it may be bound through the API. */
export function requestHints(
  head: Head,
  domain: string | undefined,
  resource: Resource | undefined,
): Hints {
  return {
    domain,
    bucket: resource?.bucket,
    key: resource?.key,
    accessKeyId: head.known?.presented.accessKeyId ?? presentedKeyId(head),
  };
}

/** After the words that come before an access key id in the Authorization header, in any version. */
const inAuthorization = /(?:Credential=|AccessKeyId:|^OSS )([^/:,\s]+)/;

/** The id of the key that a request seems to be signed with. */
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
