// Headers that clients send by themselves, or that were added after signing.
import { headerName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import { isAlwaysSigned } from '../v4/canonical-headers.ts';
import { type Mend, notCovered, removalSets, type Signed } from './mend.ts';

/** Without these there is no header signature, or another one. */
const ownHeaders: ReadonlySet<string> = new Set([
  headerName.ossDate,
  headerName.securityToken,
  headerName.contentSha256,
]);

export function* headerMends(request: SignableRequest, signed: Signed): Iterable<Mend> {
  const { headers } = request;
  const bare = headers.map(([name, value]): [string, string] => {
    const isType = name.toLowerCase() === headerName.contentType;
    return [name, isType ? (value.split(';')[0] as string) : value];
  });
  if (bare.some(([, value], at) => value !== headers[at]?.[1])) {
    const sentence =
      `The ${signed} was made for the Content-Type without what follows the semicolon: send it as` +
      ' it was signed.';
    yield { request: { ...request, headers: bare }, sentence };
  }
  const all = new Set(headers.map(([name]) => name.toLowerCase()));
  const names = [...all].filter((name) => isAlwaysSigned(name) && !ownHeaders.has(name));
  for (const set of removalSets(names)) {
    const kept = headers.filter(([name]) => !set.includes(name.toLowerCase()));
    yield { request: { ...request, headers: kept }, sentence: notCovered(signed, 'header', set) };
  }
}
