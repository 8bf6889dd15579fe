// V1 joins key, names and values without escapes, so different requests can have one text to sign
// (signing reference §3.1). What can be told from the request alone is told here.
import type { SignableRequest } from '../elements/request.ts';
import { isSignedParameterV1 } from './signed-parameters.ts';

/**
 * True when the query reads, once joined, like another query: a signed name that holds `=` or `&`,
 * or a value with `&` and a signed name in it. `?x-oss-traffic-limit%3D819200`, for one, signs like
 * `?x-oss-traffic-limit=819200` and would shed the limit. No SDK sends such names, so a server
 * refuses them, and a client must not sign them.
 */
export function isAmbiguousQueryV1({ query }: Pick<SignableRequest, 'query'>): boolean {
  for (const [name, value] of query) {
    if (!isSignedParameterV1(name)) continue;
    if (name.includes('=') || name.includes('&')) return true;
    if (value?.includes('&') === true && holdsSignedName(value)) return true;
  }
  return false;
}

/**
 * True when the key reads like a shorter key with sub-resources: the key `a?acl` signs like `acl`
 * of `a`. A server can not see this when the signature is used for the sub-resource, so whoever
 * makes V1 URLs must refuse such keys, and a bucket that has them is best set to V4 only (choices
 * row 7).
 */
export function isAmbiguousKeyV1({ key }: Pick<SignableRequest, 'key'>): boolean {
  return key?.includes('?') === true;
}

function holdsSignedName(value: string): boolean {
  const [, ...rest] = value.split('&');
  return rest.some((part) => isSignedParameterV1(part.split('=')[0] as string));
}
