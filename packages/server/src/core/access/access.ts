// The one door of authorization. Bodies of rules are asked in their order, and the first that has an
// opinion decides, allow or deny; what nobody allows is denied.
import { ossError } from '@osskeep/protocol';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Answerer, Decision } from './access-decision.ts';
import type { AccessRequest } from './access-request.ts';

export class Access {
  readonly #answerers: readonly Answerer[];

  constructor(answerers: readonly Answerer[]) {
    this.#answerers = answerers;
  }

  /** At once where no answerer has to look into the store. */
  decide(request: AccessRequest): Eventually<Decision> {
    return this.#ask(request, 0);
  }

  /** Throws the refusal when it is denied. */
  require(request: AccessRequest): Eventually<void> {
    return whenThere(this.decide(request), throwIfDenied);
  }

  #ask(request: AccessRequest, at: number): Eventually<Decision> {
    const { action } = request;
    const answerer = this.#answerers[at];
    if (answerer === undefined) {
      return { effect: 'deny', refusal: ossError('AccessDenied'), action, by: undefined };
    }
    return whenThere(answerer.answer(request), (answer) =>
      answer === undefined ? this.#ask(request, at + 1) : { ...answer, action, by: answerer.name },
    );
  }
}

function throwIfDenied(decision: Decision): void {
  if (decision.effect === 'deny') throw decision.refusal;
}
