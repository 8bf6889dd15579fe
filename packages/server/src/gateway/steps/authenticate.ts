// Verifies who signed, on the raw request, in the order of choices row 1, and takes away what an
// accepted fallback left unsigned, so that no unsigned parameter ever takes effect (choices row 7).
import {
  type Explaining,
  explainRefusal,
  type Hashes,
  invalidArgument,
  queryName,
  type SignableRequest,
  type SigningKeyCache,
  type Verified,
  type Verifier,
  verify,
} from '@osskeep/protocol';
import type { FoundCredential } from '../../core/access/credentials.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, isPending, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import { type Caller, nobody } from '../caller.ts';
import type { KnownLinks } from '../known-links.ts';
import type { Resource } from '../resource.ts';
import type { Head } from './read-head.ts';
import { isAlone } from './recognise-link.ts';

export interface Authenticator {
  readonly region: string;
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
  readonly links: KnownLinks;
}

/** Products whose signatures the object service takes. */
const products = ['oss'];

/** Who signed; query names that no signature covers are removed from the head. */
export function authenticate(
  authenticator: Authenticator,
  store: Store,
  at: RequestView,
  head: Head,
  resource: Resource,
  nowMs: number,
): Eventually<Caller> {
  const request: SignableRequest = {
    method: head.method,
    bucket: resource.bucket,
    key: resource.key,
    query: head.queryPairs,
    headers: head.headerPairs,
  };
  const verifier = new RequestVerifier(authenticator, store, at, nowMs);
  const accept = (verified: Verified<NamedCredential> | null): Caller =>
    verified === null ? nobody : callerOf(verified, verifier, authenticator.links, head, resource);
  const refuse = (refusal: unknown): never => {
    throw explainRefusal(refusal, request, verifier);
  };
  let verified: Eventually<Verified<NamedCredential> | null>;
  try {
    verified = verify(request, verifier, head.headers);
  } catch (refusal) {
    return refuse(refusal);
  }
  return isPending(verified) ? verified.then(accept, refuse) : accept(verified);
}

/** As the store has it, its end by the verifier's name. */
interface NamedCredential extends FoundCredential {
  readonly tokenExpiresMs?: number | undefined;
}

/** Finds the key of one request, and knows it afterwards: by its record, and as it was verified with. */
class RequestVerifier implements Verifier<NamedCredential>, Explaining {
  readonly nowMs: number;
  readonly region: string;
  readonly products = products;
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
  record: FoundCredential | undefined;
  credential: NamedCredential | undefined;
  readonly #store: Store;
  readonly #at: RequestView;

  constructor(
    { region, hashes, keys }: Authenticator,
    store: Store,
    at: RequestView,
    nowMs: number,
  ) {
    this.nowMs = nowMs;
    this.region = region;
    this.hashes = hashes;
    this.keys = keys;
    this.#store = store;
    this.#at = at;
  }

  find(accessKeyId: string): Eventually<NamedCredential | undefined> {
    return whenThere(this.#store.credentials.find(this.#at, accessKeyId), (found) => {
      this.record = found;
      // Without a token its end is not looked at, and the record does as it is.
      this.credential =
        found?.token === undefined ? found : { ...found, tokenExpiresMs: found.expiresMs };
      return this.credential;
    });
  }
}

function callerOf(
  verified: Verified<NamedCredential>,
  { record }: RequestVerifier,
  links: KnownLinks,
  head: Head,
  resource: Resource,
): Caller {
  refuseTwoValues(head);
  const { unsignedQuery, credential, presented } = verified;
  for (const name of unsignedQuery) head.query.delete(name);
  const caller: Caller = {
    principal: credential.principal,
    owner: credential.owner,
    accessKeyId: credential.accessKeyId,
    signatureVersion: presented.version,
    lostParameters: unsignedQuery.length > 0,
  };
  if (record !== undefined && isAlone(verified, head)) {
    const { target, query } = head;
    const { bucket, key } = resource;
    links.keep(head.url, { target, query, bucket, key, presented, credential: record, caller });
  }
  return caller;
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
function refuseTwoValues({ query, queryPairs }: Head): void {
  if (query.size === queryPairs.length) return;
  for (const [name, value = ''] of queryPairs) {
    if (value !== query.get(name) && !firstCounts.has(name)) {
      throw invalidArgument(name, value, `The query has two values of ${name}; send one.`);
    }
  }
}
