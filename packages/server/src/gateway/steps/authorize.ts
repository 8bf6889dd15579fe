// Asks the core whether this caller may do what the handler does, and refuses what the operation has
// on the wire and this version does not build: by name, after authentication, before anything is read.
import {
  explainAnonymous,
  headerNotImplemented,
  operationNotImplemented,
  ossError,
} from '@osskeep/protocol';
import type { AccessTarget } from '../../core/access/access.ts';
import type { AccessKind } from '../../core/access/authorize.ts';
import { anonymous, type Principal } from '../../core/access/principal.ts';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import type { Handler } from '../handler.ts';
import type { Head } from './read-head.ts';

export function requirePermission(
  store: Store,
  at: RequestView,
  handler: Handler,
  principal: Principal,
  bucket: Bucket | undefined,
  key: string | undefined,
  head: Head,
): Eventually<void> {
  const versionId = head.query.get('versionId');
  // A bucket that does not exist yet has no owner to ask: whoever signed may create it.
  const kind = bucket === undefined ? 'signed' : handler.need;
  const target = { bucket, key, versionId, at };
  if (principal.kind === 'anonymous')
    return requireForAnonymous(store, handler, kind, target, head);
  return whenThere(store.access.require(principal, kind, target), () =>
    refuseNotBuilt(handler, head),
  );
}

async function requireForAnonymous(
  store: Store,
  handler: Handler,
  kind: AccessKind,
  target: AccessTarget,
  head: Head,
): Promise<void> {
  try {
    await store.access.require(anonymous, kind, target);
    refuseOverrides(head);
  } catch (refusal) {
    throw explainAnonymous(refusal, head.queryPairs);
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
