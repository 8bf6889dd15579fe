// The contract as a program small enough to be read in one go: rows in a map, ordered by sorting hex.
// It shares nothing with the memory engine, which is one of those it judges.
import type { Commit, Key, Range, Stamp } from '../../../src/core/ports/metadata.ts';

export interface ModelRow {
  readonly stamp: Stamp;
  readonly text: string;
}

export type ModelOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly conflict: string; readonly row: ModelRow | null };

export class TinyModel {
  readonly #rows = new Map<string, ModelRow>();
  readonly #counters = new Map<string, bigint[]>();

  row(key: Key): ModelRow | null {
    return this.#rows.get(key.toString('hex')) ?? null;
  }

  counter(key: Key): bigint[] {
    return this.#counters.get(key.toString('hex')) ?? [];
  }

  keys({ from, to, limit, reverse = false }: Range): string[] {
    const inside = [...this.#rows.keys()]
      .filter((key) => key >= from.toString('hex') && key < to.toString('hex'))
      .sort();
    return (reverse ? inside.reverse() : inside).slice(0, limit);
  }

  /** What the engine has to answer; nothing is changed. */
  judge({ check = [], empty = [] }: Commit): ModelOutcome {
    for (const { key, stamp } of check) {
      const row = this.row(key);
      if ((row?.stamp ?? null) !== stamp) {
        return { ok: false, conflict: key.toString('hex'), row };
      }
    }
    for (const { from, to } of empty) {
      const first = this.keys({ from, to, limit: 1 })[0];
      if (first !== undefined) {
        return { ok: false, conflict: first, row: this.#rows.get(first) ?? null };
      }
    }
    return { ok: true };
  }

  /** Does what an accepted commit does, with the stamp that the engine gave. */
  apply({ set = [], del = [], add = [] }: Commit, stamp: Stamp): void {
    for (const key of del) this.#rows.delete(key.toString('hex'));
    for (const { key, value } of set) {
      this.#rows.set(key.toString('hex'), { stamp, text: value.toString() });
    }
    for (const { key, deltas } of add) {
      const sums = [...this.counter(key)];
      deltas.forEach((delta, index) => {
        sums[index] = (sums[index] ?? 0n) + delta;
      });
      this.#counters.set(key.toString('hex'), sums);
    }
  }
}
