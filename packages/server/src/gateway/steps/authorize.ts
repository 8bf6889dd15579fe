// Asks the core whether this caller may do what the handler does, and refuses what the operation has
// on the wire and this version does not build: by name, after authentication, before anything is read.
import {
  explainAnonymous,
  headerNotImplemented,
  operationNotImplemented,
  ossError,
} from '@osskeep/protocol';
import type { AccessConditions, AccessRequest } from '../../core/access/access-request.ts';
import type { Principal } from '../../core/access/principal.ts';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import { type Eventually, whenThere } from '../../core/ports/eventually.ts';
import type { Store } from '../../core/store.ts';
import type { Exchange } from '../exchange.ts';
import type { Handler } from '../handler.ts';
import type { Head } from './read-head.ts';

/** What the step works on. `nowMs`: as the signature was judged by. */
export interface PermissionAsked {
  readonly at: RequestView;
  readonly exchange: Exchange;
  readonly head: Head;
  readonly handler: Handler;
  readonly principal: Principal;
  readonly bucket: Bucket | undefined;
  readonly nowMs: number;
}

export function requirePermission(store: Store, asked: PermissionAsked): Eventually<void> {
  const { handler, head, principal } = asked;
  const request = new HandlerAccess(asked);
  if (principal.kind === 'anonymous') return requireForAnonymous(store, handler, request, head);
  return whenThere(store.access.require(request), () => refuseNotBuilt(handler, head));
}

async function requireForAnonymous(
  store: Store,
  handler: Handler,
  request: AccessRequest,
  head: Head,
): Promise<void> {
  try {
    await store.access.require(request);
    refuseOverrides(head);
  } catch (refusal) {
    throw explainAnonymous(refusal, head.queryPairs);
  }
  refuseNotBuilt(handler, head);
}

/** The question that a handler's declaration and the request come to. */
class HandlerAccess implements AccessRequest {
  readonly principal: Principal;
  readonly action: AccessRequest['action'];
  readonly need: AccessRequest['need'];
  readonly resource: AccessRequest['resource'];
  readonly #asked: PermissionAsked;

  constructor(asked: PermissionAsked) {
    const { at, bucket, exchange, handler, head, principal } = asked;
    this.principal = principal;
    this.action = handler.action;
    // A bucket that does not exist yet has no owner to ask: whoever signed may create it.
    this.need = bucket === undefined ? 'signed' : handler.need;
    const versionId = head.query.get('versionId');
    this.resource = { bucket, key: exchange.resource?.key, versionId, at };
    this.#asked = asked;
  }

  get conditions(): AccessConditions {
    const { exchange, head, nowMs } = this.#asked;
    const { socket } = exchange.request;
    return {
      clientAddress: socket.remoteAddress,
      isTls: 'encrypted' in socket && socket.encrypted === true,
      nowMs,
      headers: head.headers,
    };
  }
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
