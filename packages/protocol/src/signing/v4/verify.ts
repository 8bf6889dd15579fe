// Compares a V4 signature, in header or URL, with the one the secret makes: one SHA-256 and one HMAC while
// the signer keeps to the rules, and neither for a URL that is known (url-reading.ts).
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import type { Hashes } from '../../checksum/hashes.ts';
import { timestampV4 } from '../checks/check-scope.ts';
import { type Match, type SignatureTools, strictMatch } from '../checks/match.ts';
import { signatureMismatch } from '../checks/mismatch.ts';
import type { PresentedV4 } from '../checks/presented.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import type { CanonicalQueryOptions } from './canonical-query.ts';
import { canonicalRequest } from './canonical-request.ts';
import { stringToSignV4 } from './string-to-sign.ts';
import type { UrlReading } from './url-reading.ts';

/** The parts of a V4 signature that no way of writing the query changes. */
interface Claim {
  readonly presented: PresentedV4;
  readonly request: SignableRequest;
  readonly headers: SignedHeaders;
  readonly key: Uint8Array;
  readonly hashes: Hashes;
}

interface Attempt {
  readonly matches: boolean;
  readonly stringToSign: string;
  readonly canonical: string;
}

export function verifyV4(
  presented: PresentedV4,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes, keys }: SignatureTools,
  reading?: UrlReading,
): Match {
  const key = keys.get(secret, presented.scope, hashes);
  if (reading?.proves(request, key) === true) return strictMatch;
  const claim: Claim = { presented, request, headers, key, hashes };
  const strict = attempt(claim);
  if (strict.matches) {
    reading?.prove(request, presented, key);
    return strictMatch;
  }
  for (const kept of emptyNameChoices(request)) {
    if (attempt(claim, { keepEmptyEquals: (name) => kept.includes(name) }).matches) {
      return { ...strictMatch, fallback: 'keep "=" of empty values' };
    }
  }
  if (request.query.length > 1 && attempt(claim, { localeOrder: true }).matches) {
    return { ...strictMatch, fallback: 'locale order of names' };
  }
  const { stringToSign, canonical } = strict;
  throw signatureMismatch('SignatureDoesNotMatchV4', presented, stringToSign, canonical);
}

function attempt(claim: Claim, options?: CanonicalQueryOptions): Attempt {
  const { presented, request, headers, key, hashes } = claim;
  const canonical = canonicalRequest(request, headers, presented.additionalHeaders, options);
  const timestamp = timestampV4(presented, headers);
  const stringToSign = stringToSignV4(timestamp, presented.scope, canonical, hashes);
  const signature = hashes.hmacSha256Hex(key, stringToSign);
  const matches = equalConstantTime(presented.signature, signature);
  return { matches, stringToSign, canonical };
}

/** Beyond so many empty parameters only "all of them" is tried: a mismatch must stay cheap. */
const emptyNamesMax = 3;

/**
 * Which empty parameters a signer may have printed as `name=`: one SDK prints an empty text so and
 * a null bare, and sends both as `name=`: the wire does not tell (signing reference §1.9, Node).
 */
function emptyNameChoices(request: SignableRequest): string[][] {
  const names = request.query.filter(([, value]) => value === '').map(([name]) => name);
  if (names.length === 0) return [];
  if (names.length > emptyNamesMax) return [names];
  const choices: string[][] = [];
  for (let bits = 2 ** names.length - 1; bits > 0; bits -= 1) {
    choices.push(names.filter((_, index) => (bits & (1 << index)) !== 0));
  }
  return choices;
}
