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
  type UrlReading,
  type Verified,
  type Verifier,
  verify,
} from '@osskeep/protocol';
import type { FoundCredential } from '../../core/access/credentials.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, orElse, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import { nobody } from '../request/caller.ts';
import { type Head, withoutQuery } from '../request/head.ts';
import { asGetLink } from '../request/head-on-get-link.ts';
import { selectOperation } from './select-operation.ts';
import type { Authenticator, Step, Work } from './step.ts';

/** Products whose signatures the object service takes. */
const products = ['oss'];

export const authenticate: Step<SignedBy | null> = {
  name: 'authenticate',
  ask: (work) => {
    work.nowMs = work.parts.clock.now();
    // Browsers send preflights without credentials.
    return work.head.method === 'OPTIONS' ? null : whoSigned(work);
  },
  run: (work, verified) => {
    if (verified === null) {
      work.caller = nobody;
      return undefined;
    }
    const { credential, presented, unsignedQuery } = verified;
    refuseTwoValues(work.head.reading);
    work.caller = {
      principal: credential.principal,
      owner: credential.owner,
      accessKeyId: credential.accessKeyId,
      signatureVersion: presented.version,
    };
    work.exchange.accessKeyId = credential.accessKeyId;
    const { reading } = work.head;
    if (reading.isProven && !work.wasProven) work.parts.authenticator.urls.keep(work.head);
    // What is left of the query decides which operation this is.
    const isThere = (name: string): boolean => work.head.query.has(name);
    if (!unsignedQuery.some(isThere)) return undefined;
    work.head = withoutQuery(work.head, unsignedQuery);
    return selectOperation;
  },
};

type SignedBy = Verified<NamedCredential>;

/** null = nobody. */
function whoSigned(work: Work): Eventually<SignedBy | null> {
  if (!work.settings.headOnGetLinks) return whoSignedAs(work, work.head);
  return orElse(
    () => whoSignedAs(work, work.head),
    (refusal) => {
      const link = asGetLink(work.head, refusal);
      if (link === undefined) throw refusal;
      return whoSignedAs(work, link);
    },
  );
}

function whoSignedAs(work: Work, head: Head): Eventually<SignedBy | null> {
  const { parts, at, nowMs, resource } = work;
  const { authenticator, store } = parts;
  const { method, queryPairs, headerPairs, headers, reading } = head;
  const { bucket, key } = resource;
  const request: SignableRequest = { method, bucket, key, query: queryPairs, headers: headerPairs };
  const verifier = new RequestVerifier(authenticator, store, at, nowMs);
  const explain = (refusal: unknown): never => {
    throw explainRefusal(refusal, request, verifier);
  };
  return orElse(() => verify(request, verifier, headers, reading), explain);
}

/** As the store has it, its end by the verifier's name. */
interface NamedCredential extends FoundCredential {
  readonly tokenExpiresMs?: number | undefined;
}

/** Finds the key of one request, and knows it afterwards. */
class RequestVerifier implements Verifier<NamedCredential>, Explaining {
  readonly nowMs: number;
  readonly region: string;
  readonly products = products;
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
  credential: NamedCredential | undefined = undefined;
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
      // Without a token its end is not looked at, and the record does as it is.
      this.credential =
        found?.token === undefined ? found : { ...found, tokenExpiresMs: found.expiresMs };
      return this.credential;
    });
  }
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
function refuseTwoValues({ query, target }: UrlReading): void {
  if (query.size === target.query.length) return;
  for (const [name, value = ''] of target.query) {
    if (value !== query.get(name) && !firstCounts.has(name)) {
      throw invalidArgument(name, value, `The query has two values of ${name}; send one.`);
    }
  }
}
