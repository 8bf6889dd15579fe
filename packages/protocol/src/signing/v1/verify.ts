// Compares a V1 signature with the one the secret makes: strictly, then in the ways in which single
// official SDKs are known to sign (signing reference §3.1, §3.2, §3.5).
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { type Fallback, type Match, type SignatureTools, strictMatch } from '../checks/match.ts';
import { signatureMismatch } from '../checks/mismatch.ts';
import type { PresentedV1 } from '../checks/presented.ts';
import { headerName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { isAmbiguousQueryV1 } from './ambiguous.ts';
import { signatureV1 } from './sign.ts';
import { type StringToSignV1Options, stringToSignV1 } from './string-to-sign.ts';

export function verifyV1(
  presented: PresentedV1,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes }: Pick<SignatureTools, 'hashes'>,
): Match {
  const { expires } = presented;
  const strictText = stringToSignV1(request, headers, { expires });
  const matches = (text: string): boolean =>
    equalConstantTime(presented.signature, signatureV1(secret, text, hashes));
  if (isAmbiguousQueryV1(request)) {
    throw signatureMismatch('SignatureDoesNotMatchV1', presented, strictText);
  }
  if (matches(strictText)) return strictMatch;
  for (const [fallback, options] of fallbacksFor(presented, request, headers)) {
    if (!matches(stringToSignV1(request, headers, { ...options, expires }))) continue;
    const unsignedQuery = options.without === undefined ? [] : ossQueryNames(request);
    return { fallback, unsignedQuery };
  }
  throw signatureMismatch('SignatureDoesNotMatchV1', presented, strictText);
}

function isOssQuery(name: string): boolean {
  return name.startsWith('x-oss-');
}

function ossQueryNames(request: SignableRequest): string[] {
  return [...new Set(request.query.map(([name]) => name).filter(isOssQuery))];
}

/** Only those that would change the text: a mismatch must stay cheap. */
function fallbacksFor(
  presented: PresentedV1,
  request: SignableRequest,
  headers: SignedHeaders,
): [Fallback, StringToSignV1Options][] {
  const { query } = request;
  const possible: [Fallback, StringToSignV1Options][] = [];
  const isHeader = presented.mode === 'header';
  if (isHeader && headers.has(headerName.ossDate) && headers.has(headerName.date)) {
    possible.push(['Date before x-oss-date', { preferDate: true }]);
  }
  if (query.some(([name]) => isOssQuery(name))) {
    possible.push(['x-oss-* query unsigned', { without: isOssQuery }]);
  }
  // A bug of header mode: in a URL the token is a parameter, and signed.
  if (isHeader && headers.has(headerName.securityToken)) {
    possible.push(['token header unsigned', { withoutToken: true }]);
  }
  if (query.length > 1) possible.push(['sort name=value strings', { sortPairs: true }]);
  if (query.some(([, value]) => value === '')) {
    possible.push(['keep "=" of empty values', { keepEmptyEquals: true }]);
  }
  return possible;
}
