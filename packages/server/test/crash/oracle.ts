// What the client knows while power is cut: for each key every value that was acknowledged and every
// one whose answer never came. It lives outside the disk that is broken.

export interface Attempt {
  readonly seed: number;
  readonly size: number;
}

interface History {
  /** The last value whose PUT was answered with 2xx; undefined = none, or a delete. */
  acknowledged: Attempt | undefined;
  /** Values sent since, whose fate is unknown; `undefined` stands for a delete. */
  unknown: (Attempt | undefined)[];
}

export class Oracle {
  readonly #keys = new Map<string, History>();
  acknowledgedCount = 0;
  overwriteCount = 0;

  keys(): string[] {
    return [...this.#keys.keys()];
  }

  begin(key: string, attempt: Attempt | undefined): void {
    const history = this.#keys.get(key) ?? { acknowledged: undefined, unknown: [] };
    if (this.#keys.has(key)) this.overwriteCount += 1;
    this.#keys.set(key, history);
    history.unknown.push(attempt);
  }

  /** One writer at a time owns a key, so an answer settles all that was sent before it. */
  acknowledge(key: string, attempt: Attempt | undefined): void {
    const history = this.#keys.get(key);
    if (history === undefined) throw new Error(`${key} was never begun`);
    history.acknowledged = attempt;
    history.unknown = [];
    this.acknowledgedCount += 1;
  }

  /** The values a key may hold now. */
  allowed(key: string): (Attempt | undefined)[] {
    const history = this.#keys.get(key);
    return history === undefined ? [undefined] : [history.acknowledged, ...history.unknown];
  }

  /** After a check: what was found is what counts from now on. */
  settle(key: string, found: Attempt | undefined): void {
    const history = this.#keys.get(key);
    if (history === undefined) return;
    history.acknowledged = found;
    history.unknown = [];
  }
}

/** Bytes that only this seed gives: a torn or mixed body equals none of them. */
export function bodyOf({ seed, size }: Attempt): Buffer {
  const body = Buffer.allocUnsafe(size);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let i = 0; i < size; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    body[i] = state >>> 24;
  }
  return body;
}
