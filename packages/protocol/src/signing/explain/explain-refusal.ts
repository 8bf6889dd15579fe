// Adds a hint to a refusal, where what went wrong can be proven from the request itself: by calculating
// a wrong signature anew, or by a fact that the refusal's own words leave out. What a refusal says
// besides stays as it is, and no refusal becomes anything else.
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { OssError } from '../../errors/oss-error.ts';
import { errorTable } from '../../errors/table.ts';
import type { QueryPairs } from '../../http/pairs.ts';
import type { ExpectedScope } from '../checks/check-scope.ts';
import type { Credential } from '../checks/check-token.ts';
import type { SignatureTools } from '../checks/match.ts';
import type { Presented } from '../checks/presented.ts';
import { queryName, tokenExpiresSecondsMax, v4Suffix } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { firstQuery } from '../elements/request-headers.ts';
import { parseIsoBasic } from '../elements/timestamp.ts';
import { isAmbiguousQueryV1 } from '../v1/ambiguous.ts';
import { isSignedParameterV1 } from '../v1/signed-parameters.ts';
import { signatureQueryNames } from '../verify/check-signature.ts';
import { explainMismatch, present } from './explain-mismatch.ts';
import { shown, withHint } from './hint.ts';
import { decodedOnce } from './mend.ts';

export interface Explaining extends ExpectedScope, SignatureTools {
  readonly nowMs: number;
  /** Of the key that the request names; undefined when there is none. */
  readonly credential: Credential | undefined;
}

/** `failure` is what `verify` threw; anything that is no refusal, or has no hint, comes back as is. */
export function explainRefusal(
  failure: unknown,
  request: SignableRequest,
  by: Explaining,
): unknown {
  if (!(failure instanceof OssError)) return failure;
  const sentence = hintOf(failure, request, by);
  return sentence === undefined ? failure : withHint(failure, sentence);
}

/** The same for a request that was let pass as anonymous and then refused. */
export function explainAnonymous(failure: unknown, query: QueryPairs): unknown {
  if (!(failure instanceof OssError)) return failure;
  const sentence = escapedAmpersand(query) ?? lostVersion(query);
  return sentence === undefined ? failure : withHint(failure, sentence);
}

function hintOf(error: OssError, request: SignableRequest, by: Explaining): string | undefined {
  const { query } = request;
  const { credential } = by;
  const escaped = escapedAmpersand(query);
  if (escaped !== undefined) return escaped;
  if (error.code === errorTable.SignatureDoesNotMatchV4.code) {
    // An unknown or disabled key is refused before its signature; nothing is calculated for one.
    if (credential?.enabled !== true) return undefined;
    if (error.ec === errorTable.SignatureDoesNotMatchV1.ec && isAmbiguousQueryV1(request)) {
      return ambiguousQuery;
    }
    return explainMismatch(request, credential.secret, by)?.sentence;
  }
  switch (error.ec) {
    case errorTable.InvalidSecurityToken.ec:
      return spoiltToken(present(request), credential);
    case errorTable.StsKeyWithoutToken.ec:
      return missingToken(present(request));
    case errorTable.ExpiredUrlV4.ec:
      return endedByToken(present(request), by.nowMs);
    case errorTable.InvalidSigningRegion.ec:
      return wrongRegion(present(request), by.region);
    case errorTable.InvalidCredentialInUrl.ec:
      return escapedCredential(query);
    default:
      return undefined;
  }
}

const ambiguousQuery =
  'The query can be read in two ways once V1 joins it, so no V1 signature of it is taken: sign this' +
  ' request with V4.';

const sendAsMade = 'send it as it was made.';

/** `&amp;`: a link that was copied from the source of a page or of an XML document. */
function escapedAmpersand(query: QueryPairs): string | undefined {
  const prefix = 'amp;';
  for (const [given] of query) {
    if (!given.startsWith(prefix)) continue;
    const name = given.slice(prefix.length);
    if (signatureQueryNames.has(name) || isSignedParameterV1(name)) {
      return 'The link has &amp; where it had &: write & alone.';
    }
  }
  return undefined;
}

/** Of what makes a V4 or V2 link only the version tells that it is one. */
function lostVersion(query: QueryPairs): string | undefined {
  const isSigned = query.some(
    ([name]) => name === queryName.signature || name === queryName.credential,
  );
  if (!isSigned) return undefined;
  return `The link lost its ${queryName.version} and was read as not signed: ${sendAsMade}`;
}

function spoiltToken(
  presented: Presented | undefined,
  credential: Credential | undefined,
): string | undefined {
  const given = presented?.securityToken;
  const token = credential?.token;
  if (given === undefined || token === undefined || presented?.mode !== 'url') return undefined;
  if (equalConstantTime(given.replaceAll(' ', '+'), token)) {
    return 'The security token has a space where it had +: write + in a query as %2B.';
  }
  if (equalConstantTime(decodedOnce(given), token)) {
    return `The query is percent-encoded twice: ${sendAsMade}`;
  }
  return undefined;
}

function missingToken(presented: Presented | undefined): string | undefined {
  if (presented === undefined) return undefined;
  const { mode, version } = presented;
  if (mode === 'header') {
    return 'This is a temporary access key: send its token in the header x-oss-security-token.';
  }
  const name = version === 'v4' ? queryName.securityToken : queryName.v1SecurityToken;
  return `This is a temporary access key: its links carry the token in ${name}.`;
}

/** Without the token the link would still be good (signing reference §2.2). */
function endedByToken(presented: Presented | undefined, nowMs: number): string | undefined {
  if (presented?.version !== 'v4' || presented.securityToken === undefined) return undefined;
  const seconds = Number(presented.expires);
  const startMs = parseIsoBasic(presented.urlDate ?? '');
  if (startMs === undefined || !(seconds > tokenExpiresSecondsMax)) return undefined;
  if (nowMs > startMs + seconds * 1000) return undefined;
  return 'A link with a security token ends 12 hours after its x-oss-date: sign a new one.';
}

function wrongRegion(presented: Presented | undefined, region: string): string | undefined {
  if (presented?.version !== 'v4') return undefined;
  const given = presented.scope.region;
  const signed = given === '' ? 'no region' : `the region ${shown(given)}`;
  return `The signature was made for ${signed}; the region of this service is ${region}.`;
}

function escapedCredential(query: QueryPairs): string | undefined {
  const given = firstQuery(query, queryName.credential) ?? '';
  const decoded = decodedOnce(given);
  if (decoded === given || !decoded.endsWith(`/${v4Suffix}`)) return undefined;
  return `The query is percent-encoded twice: ${sendAsMade}`;
}
