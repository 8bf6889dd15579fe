// Verifies who signed, on the raw request, in the order of design §8 row 1, and takes away what an
// accepted fallback left unsigned, so that no unsigned parameter ever takes effect (row 7).
import {
  type Credential,
  explainRefusal,
  type Hashes,
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
  /** Query names were taken away because the accepted signature does not cover them. */
  readonly lostParameters: boolean;
}

/** Products whose signatures the object service takes. */
const products = ['oss'];

export const nobody: Caller = {
  principal: anonymous,
  owner: undefined,
  accessKeyId: undefined,
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
  const { unsignedQuery, credential } = verified;
  for (const name of unsignedQuery) head.query.delete(name);
  return {
    principal: credential.principal,
    owner: credential.owner,
    accessKeyId: credential.accessKeyId,
    lostParameters: unsignedQuery.length > 0,
  };
}
