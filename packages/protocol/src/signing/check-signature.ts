// Does the signature match? Strictly first; then the ways in which single official SDKs are known to
// differ (signing reference §1.9, §3.5). A fallback that leaves parameters unsigned says which, and the
// server removes them before routing: nothing unsigned ever takes effect (design §8 row 7).
import { equalConstantTime, toHex } from '../checksum/bytes-text.ts';
import type { Hashes } from '../checksum/hashes.ts';
import { ossError } from '../errors/refuse.ts';
import { timestampV4 } from './check-scope.ts';
import { headerName, queryName } from './names.ts';
import type { Presented, PresentedV1, PresentedV2, PresentedV4 } from './presented.ts';
import type { SignableRequest } from './request.ts';
import type { SignedHeaders } from './request-headers.ts';
import { signatureV1 } from './v1/sign.ts';
import { type StringToSignV1Options, stringToSignV1 } from './v1/string-to-sign.ts';
import { signatureV2 } from './v2/sign.ts';
import { stringToSignV2 } from './v2/string-to-sign.ts';
import type { CanonicalQueryOptions } from './v4/canonical-query.ts';
import { canonicalRequest } from './v4/canonical-request.ts';
import type { SigningKeyCache } from './v4/signing-key.ts';
import { stringToSignV4 } from './v4/string-to-sign.ts';

export type Fallback =
  | 'keep "=" of empty values'
  | 'locale order of names'
  | 'Date before x-oss-date'
  | 'x-oss-* query unsigned'
  | 'token header unsigned'
  | 'sort name=value strings';

export interface Match {
  /** null: the signature is as the specification has it. */
  readonly fallback: Fallback | null;
  /** Query names on the request that the accepted signature does not cover. */
  readonly unsignedQuery: readonly string[];
}

export interface SignatureTools {
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
}

const strict: Match = { fallback: null, unsignedQuery: [] };

/** Throws SignatureDoesNotMatch with what the server calculated from, never the right signature. */
export function checkSignature(
  presented: Presented,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  tools: SignatureTools,
): Match {
  switch (presented.version) {
    case 'v4':
      return checkV4(presented, request, headers, secret, tools);
    case 'v2':
      return checkV2(presented, request, headers, secret, tools);
    case 'v1':
      return checkV1(presented, request, headers, secret, tools);
  }
}

function hasEmptyValue(request: SignableRequest): boolean {
  return request.query.some(([, value]) => value === '');
}

/** Beyond so many empty parameters only "all of them" is tried: a mismatch must stay cheap. */
const emptyNamesMax = 3;

/**
 * Which empty parameters a signer may have printed as `name=`: one SDK prints an empty text so and a
 * null bare, and sends both as `name=`, so the wire does not tell.
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

function checkV4(
  presented: PresentedV4,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes, keys }: SignatureTools,
): Match {
  const key = keys.get(secret, presented.scope, hashes);
  const timestamp = timestampV4(presented, headers);
  const { scope, additionalHeaders } = presented;
  const attempt = (options: CanonicalQueryOptions): [boolean, string, string] => {
    const canonical = canonicalRequest(request, headers, additionalHeaders, options);
    const text = stringToSignV4(timestamp, scope, canonical, hashes);
    const signature = toHex(hashes.hmacSha256(key, text));
    return [equalConstantTime(presented.signature, signature), text, canonical];
  };
  const [matches, text, canonical] = attempt({});
  if (matches) return strict;
  for (const kept of emptyNameChoices(request)) {
    if (attempt({ keepEmptyEquals: (name) => kept.includes(name) })[0]) {
      return { ...strict, fallback: 'keep "=" of empty values' };
    }
  }
  if (request.query.length > 1 && attempt({ localeOrder: true })[0]) {
    return { ...strict, fallback: 'locale order of names' };
  }
  throw ossError('SignatureDoesNotMatchV4', {
    ...mismatchDetails(presented, text),
    CanonicalRequest: canonical,
  });
}

function checkV2(
  presented: PresentedV2,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes }: SignatureTools,
): Match {
  const text = stringToSignV2(request, headers, presented.additionalHeaders, presented.expires);
  const signature = signatureV2(secret, text, hashes);
  if (equalConstantTime(presented.signature, signature)) return strict;
  throw ossError('SignatureDoesNotMatchV2', mismatchDetails(presented, text));
}

function isOssQuery(name: string): boolean {
  return name.startsWith('x-oss-');
}

function checkV1(
  presented: PresentedV1,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes }: SignatureTools,
): Match {
  const expires = presented.expires;
  const attempt = (options: StringToSignV1Options): [boolean, string] => {
    const text = stringToSignV1(request, headers, { ...options, expires });
    return [equalConstantTime(presented.signature, signatureV1(secret, text, hashes)), text];
  };
  const [matches, text] = attempt({});
  if (matches) return strict;
  const ossQuery = request.query.map(([name]) => name).filter(isOssQuery);
  const differentDates =
    expires === undefined && headers.has(headerName.ossDate) && headers.has(headerName.date);
  const hasToken = headers.has(headerName.securityToken);
  const fallbacks: [boolean, Fallback, StringToSignV1Options][] = [
    [differentDates, 'Date before x-oss-date', { preferDate: true }],
    [ossQuery.length > 0, 'x-oss-* query unsigned', { without: isOssQuery }],
    [hasToken, 'token header unsigned', { withoutToken: true }],
    [request.query.length > 1, 'sort name=value strings', { sortPairs: true }],
    [hasEmptyValue(request), 'keep "=" of empty values', { keepEmptyEquals: true }],
  ];
  for (const [possible, fallback, options] of fallbacks) {
    if (possible && attempt(options)[0]) {
      const unsignedQuery = options.without === undefined ? [] : ossQuery;
      return { fallback, unsignedQuery };
    }
  }
  throw ossError('SignatureDoesNotMatchV1', mismatchDetails(presented, text));
}

function mismatchDetails(presented: Presented, stringToSign: string): Record<string, string> {
  return {
    OSSAccessKeyId: presented.accessKeyId,
    SignatureProvided: presented.signature,
    StringToSign: stringToSign,
    StringToSignBytes: spacedHex(stringToSign),
  };
}

/** `50 55 54 ` : upper-case hex of the UTF-8 bytes, one space after each (signing reference §7.2). */
function spacedHex(text: string): string {
  const hex = toHex(new TextEncoder().encode(text)).toUpperCase();
  return hex.replace(/../g, '$& ');
}

/** The name under which a query carries the accepted signature; routing must never see these. */
export const signatureQueryNames: ReadonlySet<string> = new Set(Object.values(queryName));
