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
import { type Eventually, orElse, whenThere } from '../../core/ports/eventually.ts';
import type { Handler } from '../request/handler.ts';
import type { Head } from '../request/head.ts';
import type { Step, Work } from './step.ts';

export const authorize: Step = {
  ask: (work) => {
    work.handler = work.selected.handler();
    const isAnonymous = work.caller.principal.kind === 'anonymous';
    return isAnonymous ? requireForAnonymous(work) : requirePermission(work);
  },
  run: ({ handler, head }) => refuseNotBuilt(handler, head),
};

function requirePermission(work: Work): Eventually<void> {
  return work.parts.store.access.require(new HandlerAccess(work));
}

function requireForAnonymous(work: Work): Eventually<void> {
  return orElse(
    () => whenThere(requirePermission(work), () => refuseOverrides(work.head)),
    (refusal) => {
      throw explainAnonymous(refusal, work.head.queryPairs);
    },
  );
}

/** The question that a handler's declaration and the request come to. */
class HandlerAccess implements AccessRequest {
  readonly principal: Principal;
  readonly action: AccessRequest['action'];
  readonly need: AccessRequest['need'];
  readonly resource: AccessRequest['resource'];
  readonly #work: Work;

  constructor(work: Work) {
    const { at, bucket, caller, handler, head, resource } = work;
    this.principal = caller.principal;
    this.action = handler.action;
    // A bucket that does not exist yet has no owner to ask: whoever signed may create it.
    this.need = bucket === undefined ? 'signed' : handler.need;
    const versionId = head.query.get('versionId');
    this.resource = { bucket, key: resource.key, versionId, at };
    this.#work = work;
  }

  get conditions(): AccessConditions {
    const { exchange, head, nowMs } = this.#work;
    const { remote } = exchange.request;
    return { clientAddress: remote.address, isTls: remote.isTls, nowMs, headers: head.headers };
  }
}

/** Response overrides only count in signed requests (operations reference §3.5). */
function refuseOverrides(head: Head): void {
  for (const name of head.query.keys()) {
    if (name.startsWith('response-')) throw ossError('AnonymousResponseOverride');
  }
}

function refuseNotBuilt(handler: Handler, head: Head): undefined {
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
