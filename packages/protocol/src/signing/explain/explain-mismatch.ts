// Why a signature does not match, where it can be proven: the request is bent in the ways in which
// requests get bent on their way, and the signature calculated anew. Only the request is bent, never
// the secret; what is found is told, never accepted, and no right signature leaves this folder.
import type { SignatureTools } from '../checks/match.ts';
import type { Presented } from '../checks/presented.ts';
import type { SignableRequest } from '../elements/request.ts';
import { collectHeaders } from '../elements/request-headers.ts';
import { presentedSignature } from '../verify/presented-signature.ts';
import { bucketMends } from './bucket-mends.ts';
import { headerMends } from './header-mends.ts';
import { shown } from './hint.ts';
import { keyMends } from './key-mends.ts';
import { matchesStrictly } from './matches-strictly.ts';
import type { Mend, Signed } from './mend.ts';
import {
  addedQueryMends,
  encodedTwiceMends,
  lostPlusMends,
  signatureMends,
} from './query-mends.ts';

/** Signatures calculated for one explanation: a wrong signature must stay cheap. */
export const recalculationsMax = 12;
/** A request with more parameters or headers is not explained: each guess sorts them all. */
export const explainedFieldsMax = 50;

/** The first mend under which the signature matches; undefined when none is found. */
export function explainMismatch(
  request: SignableRequest,
  secret: string,
  tools: SignatureTools,
): Mend | undefined {
  if (Math.max(request.query.length, request.headers.length) > explainedFieldsMax) return undefined;
  const presented = present(request);
  if (presented === undefined) return undefined;
  let left = recalculationsMax;
  for (const mend of mends(request, presented)) {
    const mended = present(mend.request);
    if (mended === undefined || !isSameClaim(presented, mended)) continue;
    const headers = collectHeaders(mend.request.headers);
    if (matchesStrictly(mended, mend.request, headers, secret, tools)) return mend;
    left -= 1;
    if (left === 0) return undefined;
  }
  return undefined;
}

/** Likeliest first. Nearly all need something in the request that makes them possible at all. */
function* mends(request: SignableRequest, presented: Presented): Iterable<Mend> {
  const signed: Signed = presented.mode === 'url' ? 'link' : 'signature';
  yield* methodMends(request, signed, ['GET']);
  yield* signatureMends(request, presented);
  yield* lostPlusMends(request);
  yield* encodedTwiceMends(request);
  yield* addedQueryMends(request, presented, signed);
  yield* keyMends(request, signed);
  yield* headerMends(request, signed);
  yield* bucketMends(request, signed);
  yield* methodMends(request, signed, ['PUT', 'HEAD', 'POST', 'DELETE']);
}

function* methodMends(
  request: SignableRequest,
  signed: Signed,
  methods: readonly string[],
): Iterable<Mend> {
  const used = shown(request.method);
  for (const method of methods) {
    if (method === request.method) continue;
    const sentence = `The ${signed} was made for ${method}; it was used with ${used}.`;
    yield { request: { ...request, method }, sentence };
  }
}

export function present(request: SignableRequest): Presented | undefined {
  try {
    return presentedSignature(request.query, collectHeaders(request.headers)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A mend may change the signature's spelling, not who signed, with which token, and until when. */
function isSameClaim(a: Presented, b: Presented): boolean {
  return JSON.stringify({ ...a, signature: '' }) === JSON.stringify({ ...b, signature: '' });
}
