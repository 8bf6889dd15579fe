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
  type Verifier,
  verify,
} from '@osskeep/protocol';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, orElse, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import { type NamedCredential, nobody, type SignedBy } from '../request/caller.ts';
import { type Head, withoutQuery } from '../request/head.ts';
import { asGetLink } from '../request/head-on-get-link.ts';
import { selectOperation } from './select-operation.ts';
import type { Authenticator, Step, Work } from './step.ts';

/** Products whose signatures the object service takes. */
const products = ['oss'];

export const authenticate: Step<SignedBy | null> = {
  ask: (work) => {
    // Here again, behind another selection: the signature, and what it covers, is the same.
    if (work.signedBy !== undefined) return work.signedBy;
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
    work.signedBy = verified;
    return selectOperation;
  },
};

/** null = nobody. A refusal is explained when nothing else is left to try. */
function whoSigned(work: Work): Eventually<SignedBy | null> {
  const attempt = new Attempt(work, work.head);
  return orElse(
    () => attempt.verify(),
    (refusal) => {
      const link = work.settings.headOnGetLinks ? asGetLink(work.head, refusal) : undefined;
      if (link === undefined) throw attempt.explained(refusal);
      const asLink = new Attempt(work, link);
      return orElse(
        () => asLink.verify(),
        (second) => {
          throw asLink.explained(second);
        },
      );
    },
  );
}

/** A head, as it was signed perhaps. */
class Attempt {
  readonly #head: Head;
  readonly #request: SignableRequest;
  readonly #verifier: RequestVerifier;

  constructor({ at, nowMs, parts, resource }: Work, head: Head) {
    const { method, queryPairs: query, headerPairs: headers } = head;
    const { bucket, key } = resource;
    this.#head = head;
    this.#request = { method, bucket, key, query, headers };
    this.#verifier = new RequestVerifier(parts.authenticator, parts.store, at, nowMs);
  }

  verify(): Eventually<SignedBy | null> {
    const { headers, reading } = this.#head;
    return verify(this.#request, this.#verifier, headers, reading);
  }

  explained(refusal: unknown): unknown {
    return explainRefusal(refusal, this.#request, this.#verifier);
  }
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
