// Values by name, those used last: nobody fills a process with names, and nobody pushes out what is in use.
import { GenerationCache } from './generation-cache.ts';

/** All names are in one group, and each counts as one. */
const group = '';

export class LatelyUsed<Value> {
  readonly #values: GenerationCache<Value>;

  /** Keeps so many at least, and at most twice as many: a generation is as large, and the young one may have just begun. */
  constructor(count: number) {
    this.#values = new GenerationCache(2 * count);
  }

  get(name: string): Value | undefined {
    return this.#values.get(group, name);
  }

  set(name: string, value: Value): void {
    this.#values.set(group, name, value, 1);
  }
}
