// What the client knows while power is cut: for each key every value that was acknowledged and every
// one whose answer never came. It lives outside the disk that is broken.

import type { BodyPlan } from '../support/bodies.ts';

interface History {
  /** The last value whose PUT was answered with 2xx; undefined = none, or a delete. */
  acknowledged: BodyPlan | undefined;
  /** Values sent since, whose fate is unknown; `undefined` stands for a delete. */
  unknown: (BodyPlan | undefined)[];
}

export class Oracle {
  readonly #keys = new Map<string, History>();
  acknowledgedCount = 0;
  overwriteCount = 0;

  keys(): string[] {
    return [...this.#keys.keys()];
  }

  begin(key: string, attempt: BodyPlan | undefined): void {
    const history = this.#keys.get(key) ?? { acknowledged: undefined, unknown: [] };
    if (this.#keys.has(key)) this.overwriteCount += 1;
    this.#keys.set(key, history);
    history.unknown.push(attempt);
  }

  /** One writer at a time owns a key, so an answer settles all that was sent before it. */
  acknowledge(key: string, attempt: BodyPlan | undefined): void {
    const history = this.#keys.get(key);
    if (history === undefined) throw new Error(`${key} was never begun`);
    history.acknowledged = attempt;
    history.unknown = [];
    this.acknowledgedCount += 1;
  }

  /** The values a key may hold now. */
  allowed(key: string): (BodyPlan | undefined)[] {
    const history = this.#keys.get(key);
    return history === undefined ? [undefined] : [history.acknowledged, ...history.unknown];
  }

  /** After a check: what was found is what counts from now on. */
  settle(key: string, found: BodyPlan | undefined): void {
    const history = this.#keys.get(key);
    if (history === undefined) return;
    history.acknowledged = found;
    history.unknown = [];
  }
}
