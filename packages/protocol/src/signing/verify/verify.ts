// Verifies a request from end to end, in the order of choices row 1: form → key → time → token →
// region, product, day → signature. An identity leaves this file only with a verified signature.
import { checkScope, type ExpectedScope } from '../checks/check-scope.ts';
import { checkTime } from '../checks/check-time.ts';
import { type Credential, checkToken } from '../checks/check-token.ts';
import { type CredentialSource, knownCredential } from '../checks/known-credential.ts';
import type { Match, SignatureTools } from '../checks/match.ts';
import type { Presented } from '../checks/presented.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders, type SignedHeaders } from '../elements/request-headers.ts';
import type { Scope } from '../elements/scope.ts';
import { formatIsoBasic } from '../elements/timestamp.ts';
import { type UrlReading, urlDecidesAlone } from '../v4/url-reading.ts';
import { checkSignature } from './check-signature.ts';
import { presentedSignature } from './presented-signature.ts';

export interface Verifier<C extends Credential>
  extends ExpectedScope,
    SignatureTools,
    CredentialSource<C> {
  readonly nowMs: number;
}

export interface Verified<C extends Credential> extends Match {
  readonly credential: C;
  readonly presented: Presented;
}

/**
 * null = anonymous. Throws OssError where the signature is malformed, out of time or wrong. Answers,
 * and throws, at once where `find` does, so that what is at hand costs no promise.
 * `headers` are those of the request, as `collectHeaders` has them, where the caller has them so.
 * `read`: the request's URL, kept from an earlier use or for a later one. Of one that was good neither the form
 * is read nor the signature calculated again; all the rest is checked with each request.
 */
export function verify<C extends Credential>(
  request: SignableRequest,
  verifier: Verifier<C>,
  headers: SignedHeaders = collectHeaders(request.headers),
  read?: UrlReading,
): Verified<C> | null | Promise<Verified<C> | null> {
  // Of this very query, and nothing else decides.
  const isRead = read?.target.query === request.query && urlDecidesAlone(headers);
  const reading = isRead ? read : undefined;
  const presented = reading?.presented ?? presentedSignature(request.query, headers);
  if (presented === null) return null;
  const claim: Claim = { presented, request, headers, reading };
  const found = verifier.find(presented.accessKeyId);
  return found instanceof Promise
    ? found.then((credential) => verifyWith(credential, claim, verifier))
    : verifyWith(found, claim, verifier);
}

interface Claim {
  readonly presented: Presented;
  readonly request: SignableRequest;
  readonly headers: SignedHeaders;
  /** Present where the URL decides alone. */
  readonly reading: UrlReading | undefined;
}

function verifyWith<C extends Credential>(
  found: C | undefined,
  { presented, request, headers, reading }: Claim,
  verifier: Verifier<C>,
): Verified<C> {
  const credential = knownCredential(found, presented.accessKeyId, (secret) => {
    checkSignature(withScope(presented, todaysScope(verifier)), request, headers, secret, verifier);
  });
  checkTime(presented, headers, verifier.nowMs);
  checkToken(presented, credential, verifier.nowMs);
  if (presented.version === 'v4') checkScope(presented, headers, verifier);
  const { secret } = credential;
  const match = checkSignature(presented, request, headers, secret, verifier, reading);
  const { fallback, unsignedQuery } = match;
  return { fallback, unsignedQuery, credential, presented };
}

/** What an unknown key is worked with: a scope nobody checked must not reach the cache. */
export function todaysScope({ nowMs, region, products }: ExpectedScope & { nowMs: number }): Scope {
  return { date: formatIsoBasic(nowMs).slice(0, 8), region, product: products[0] ?? '' };
}

function withScope(presented: Presented, scope: Scope): Presented {
  return presented.version === 'v4' ? { ...presented, scope } : presented;
}
