// What happens to a query between the signer and the server: parameters are added or repeated, `+`
// becomes a space, everything is encoded twice, the signature is bent.

import type { QueryPairs } from '../../http/pairs.ts';
import type { Presented } from '../checks/presented.ts';
import { queryName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { isSignedParameterV1 } from '../v1/signed-parameters.ts';
import { signatureQueryNames } from '../verify/check-signature.ts';
import { decodedOnce, type Mend, notCovered, removalSets, type Signed } from './mend.ts';

const plusInQuery = 'write + in a query as %2B.';

type Pair = QueryPairs[number];

function withValues(
  request: SignableRequest,
  change: (value: string, name: string) => string,
): SignableRequest {
  const query = request.query.map(
    ([name, value]): Pair => [name, value === undefined ? undefined : change(value, name)],
  );
  return { ...request, query };
}

function isSame(a: SignableRequest, b: SignableRequest): boolean {
  return a.key === b.key && a.query.every(([, value], at) => value === b.query[at]?.[1]);
}

/** Both the whole link and its query alone: a proxy may have put one half right again. */
export function* encodedTwiceMends(request: SignableRequest): Iterable<Mend> {
  const decoded = withValues(request, decodedOnce);
  if (isSame(decoded, request)) return;
  const key = request.key === undefined ? undefined : decodedOnce(request.key);
  const whole = { ...decoded, key };
  if (!isSame(whole, decoded)) {
    yield {
      request: whole,
      sentence: 'The link is percent-encoded twice: send it as it was made.',
    };
  }
  yield {
    request: decoded,
    sentence: 'The query is percent-encoded twice: send it as it was made.',
  };
}

/** A key alone that lost its `+` is among the mends of keys. */
export function* lostPlusMends(request: SignableRequest): Iterable<Mend> {
  const plus = withValues(request, (value) => value.replaceAll(' ', '+'));
  if (isSame(plus, request)) return;
  const whole = { ...plus, key: request.key?.replaceAll(' ', '+') };
  const spaces = 'has a space where a + was signed';
  if (!isSame(whole, plus)) {
    yield { request: whole, sentence: `The link ${spaces}: write + in a link as %2B.` };
  }
  yield { request: plus, sentence: `The query ${spaces}: ${plusInQuery}` };
}

/** Only for signatures in the URL: a header's is not the query's to spoil. */
export function* signatureMends(request: SignableRequest, presented: Presented): Iterable<Mend> {
  if (presented.mode !== 'url') return;
  const { signature } = presented;
  const name = presented.version === 'v1' ? queryName.v1Signature : queryName.signature;
  for (const [other, sentence] of otherSignatures(signature, presented.version)) {
    if (other === signature) continue;
    yield { request: withValues(request, (value, of) => (of === name ? other : value)), sentence };
  }
}

function* otherSignatures(
  signature: string,
  version: Presented['version'],
): Iterable<[other: string, sentence: string]> {
  if (version === 'v4') {
    yield [signature.toLowerCase(), 'The signature is lower-case hex: send it as it was made.'];
    return;
  }
  yield [
    signature.replaceAll(' ', '+'),
    `The signature has a space where it had +: ${plusInQuery}`,
  ];
  // Both hashes leave one character of padding.
  if (signature.length % 4 === 3) {
    yield [`${signature}=`, 'The signature lost the = at its end: write it as %3D.'];
  }
}

export function* addedQueryMends(
  request: SignableRequest,
  presented: Presented,
  signed: Signed,
): Iterable<Mend> {
  const { query } = request;
  const seen = new Set<string>();
  const once = query.filter(([name]) => !seen.has(name) && seen.add(name));
  if (once.length < query.length) {
    const sentence = `The ${signed} has a parameter more often than was signed: send it once.`;
    yield { request: { ...request, query: once }, sentence };
  }
  const isCovered = (name: string): boolean =>
    presented.version !== 'v1' || isSignedParameterV1(name);
  const names = [...seen].filter((name) => !signatureQueryNames.has(name) && isCovered(name));
  const foreign = names.filter((name) => !isSignedParameterV1(name));
  const overrides = names.filter((name) => name.startsWith('response-'));
  for (const set of removalSets(names, [foreign, overrides])) {
    const kept = query.filter(([name]) => !set.includes(name));
    yield { request: { ...request, query: kept }, sentence: notCovered(signed, 'parameter', set) };
  }
}
