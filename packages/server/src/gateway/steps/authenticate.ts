// Verifies who signed, on the raw request, in the order of design §8 row 1, and takes away what an
// accepted fallback left unsigned, so that no unsigned parameter ever takes effect (row 7).
import {
  type Credential,
  explainRefusal,
  type Hashes,
  invalidArgument,
  type QueryPairs,
  queryName,
  type SignableRequest,
  type SigningKeyCache,
  verify,
} from '@osskeep/protocol';
import { anonymous, type Principal } from '../../core/access/principal.ts';
import type { Snapshot } from '../../core/configuration.ts';
import type { Owner } from '../../core/model.ts';
import type { Store } from '../../core/store.ts';
import type { Resource } from '../resource.ts';
import type { Head } from './read-head.ts';

export interface Authenticator {
  readonly region: string;
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
}

export interface Caller {
  readonly principal: Principal;
  readonly owner: Owner | undefined;
  readonly accessKeyId: string | undefined;
  readonly signatureVersion: 'v1' | 'v2' | 'v4' | undefined;
  /** Query names were taken away because the accepted signature does not cover them. */
  readonly lostParameters: boolean;
}

/** Products whose signatures the object service takes. */
const products = ['oss'];

export const nobody: Caller = {
  principal: anonymous,
  owner: undefined,
  accessKeyId: undefined,
  signatureVersion: undefined,
  lostParameters: false,
};

/** Who signed; query names that no signature covers are removed from the head. */
export async function authenticate(
  authenticator: Authenticator,
  store: Store,
  at: Snapshot,
  head: Head,
  resource: Resource,
  nowMs: number,
): Promise<Caller> {
  const request: SignableRequest = {
    method: head.method,
    bucket: resource.bucket,
    key: resource.key,
    query: head.queryPairs,
    headers: head.headerPairs,
  };
  let named: Credential | undefined;
  const verifier = {
    nowMs,
    region: authenticator.region,
    products,
    hashes: authenticator.hashes,
    keys: authenticator.keys,
    find: async (accessKeyId: string) => {
      const found = await store.credentials.find(at, accessKeyId);
      const credential =
        found === undefined ? undefined : { ...found, tokenExpiresMs: found.expiresMs };
      named = credential;
      return credential;
    },
  };
  const verified = await verify(request, verifier).catch((refusal: unknown) => {
    throw explainRefusal(refusal, request, { ...verifier, credential: named });
  });
  if (verified === null) return nobody;
  refuseTwoValues(head.queryPairs);
  const { unsignedQuery, credential } = verified;
  for (const name of unsignedQuery) head.query.delete(name);
  return {
    principal: credential.principal,
    owner: credential.owner,
    accessKeyId: credential.accessKeyId,
    signatureVersion: verified.presented.version,
    lostParameters: unsignedQuery.length > 0,
  };
}

/** No signature covers its own, and of V1's parameters the first is said to count. */
const firstCounts: ReadonlySet<string> = new Set([
  queryName.signature,
  queryName.v1Signature,
  queryName.v1AccessKeyId,
  queryName.v1Expires,
]);

/**
 * Signatures sort the query, so two values of one name are signed in either order; and the first on the
 * wire would take effect. Whoever holds the link must not choose which that is (security checklist 15).
 */
function refuseTwoValues(query: QueryPairs): void {
  if (query.length < 2) return;
  const values = new Map<string, string>();
  for (const [name, value = ''] of query) {
    const before = values.get(name);
    if (before === undefined || firstCounts.has(name)) values.set(name, value);
    else if (before !== value) {
      throw invalidArgument(name, value, `The query has two values of ${name}; send one.`);
    }
  }
}
