// A link that was good before: what its signature depends on is compared, what time changes is checked, and
// nothing is computed again (known-links.ts).
import {
  checkTime,
  checkToken,
  headerName,
  isAlwaysSignedV4,
  type Match,
  type Presented,
} from '@osskeep/protocol';
import type { FoundCredential } from '../../core/access/credentials.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import type { Caller } from '../caller.ts';
import type { Resource } from '../resource.ts';
import type { Head } from './read-head.ts';

/** The URL alone decides about the signature: version 4, kept to the letter, and no header is signed. */
export function isAlone(
  { presented, fallback }: Match & { readonly presented: Presented },
  head: Pick<Head, 'method' | 'headerPairs'>,
): boolean {
  return (
    presented.version === 'v4' &&
    presented.mode === 'url' &&
    presented.additionalHeaders.length === 0 &&
    fallback === null &&
    head.method === 'GET' &&
    !hasSigningHeaders(head)
  );
}

/** undefined: verify it, which also says what is wrong. */
export function recogniseLink(
  store: Store,
  at: RequestView,
  head: Head,
  { bucket, key }: Resource,
  nowMs: number,
): Eventually<Caller | undefined> {
  const { known } = head;
  if (known === undefined || known.bucket !== bucket || known.key !== key) return undefined;
  if (hasSigningHeaders(head)) return undefined;
  const { presented, credential, caller } = known;
  return whenThere(store.credentials.find(at, presented.accessKeyId), (found) =>
    found === credential && isInTime(presented, credential, nowMs) ? caller : undefined,
  );
}

function isInTime(presented: Presented, credential: FoundCredential, nowMs: number): boolean {
  try {
    checkTime(presented, noHeaders, nowMs);
    if (credential.token !== undefined) {
      checkToken(presented, { ...credential, tokenExpiresMs: credential.expiresMs }, nowMs);
    }
    return true;
  } catch {
    return false;
  }
}

const noHeaders: ReadonlyMap<string, string> = new Map();

/** Headers that take part in the signature, or are a second one. */
function hasSigningHeaders({ headerPairs }: Pick<Head, 'headerPairs'>): boolean {
  for (const [name] of headerPairs) {
    if (isAlwaysSignedV4(name) || name === headerName.authorization) return true;
  }
  return false;
}
