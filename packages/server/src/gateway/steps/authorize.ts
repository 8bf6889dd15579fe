// Asks the core whether this caller may do what the handler does, and refuses what the operation has
// on the wire and this version does not build: by name, after authentication, before anything is read.
import {
  explainAnonymous,
  headerNotImplemented,
  operationNotImplemented,
  ossError,
} from '@osskeep/protocol';
import type { Principal } from '../../core/access/principal.ts';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { Store } from '../../core/store.ts';
import type { Handler } from '../handler.ts';
import type { Head } from './read-head.ts';

export async function requirePermission(
  store: Store,
  handler: Handler,
  principal: Principal,
  bucket: Bucket | undefined,
  key: string | undefined,
  head: Head,
): Promise<void> {
  const versionId = head.query.get('versionId');
  // A bucket that does not exist yet has no owner to ask: whoever signed may create it.
  const kind = bucket === undefined ? 'signed' : handler.need;
  try {
    await store.access.require(principal, kind, { bucket, key, versionId });
    if (principal.kind === 'anonymous') refuseOverrides(head);
  } catch (refusal) {
    throw principal.kind === 'anonymous' ? explainAnonymous(refusal, head.queryPairs) : refusal;
  }
  refuseNotBuilt(handler, head);
}

/** Response overrides only count in signed requests (operations reference §3.5). */
function refuseOverrides(head: Head): void {
  for (const name of head.query.keys()) {
    if (name.startsWith('response-')) throw ossError('AnonymousResponseOverride');
  }
}

function refuseNotBuilt(handler: Handler, head: Head): void {
  const { notBuilt } = handler.operation;
  for (const name of notBuilt?.headers ?? []) {
    if (head.headers.has(name)) throw headerNotImplemented(name);
  }
  for (const name of notBuilt?.query ?? []) {
    if (head.query.has(name)) {
      throw operationNotImplemented(`${handler.operation.name} with the parameter ${name}`);
    }
  }
}
