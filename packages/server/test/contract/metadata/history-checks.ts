// Random histories: every outcome and every read is what the tiny model says (metadata model §10).

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Commit, Metadata, Outcome, Range } from '../../../src/core/ports/metadata.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { key, viewOf } from './short-hand.ts';
import { TinyModel } from './tiny-model.ts';

/** Few names, so that histories meet; hard ones, so that order matters. */
const names = ['', 'a', 'a\x01', 'a/', 'a/b', 'ab', 'b', '\uFFFD', '😀', 'z'.repeat(60)];

type StampGuess = 'right' | 'absent' | 'stale';

interface CommitPlan {
  readonly checks: readonly { readonly name: string; readonly guess: StampGuess }[];
  readonly empties: readonly { readonly from: string; readonly to: string }[];
  /** Each name at most once: set or deleted. */
  readonly writes: readonly { readonly name: string; readonly text: string | null }[];
  readonly adds: readonly { readonly name: string; readonly deltas: readonly bigint[] }[];
}

type Step =
  | { readonly kind: 'commits'; readonly plans: readonly CommitPlan[] }
  | { readonly kind: 'read'; readonly ranges: readonly RangePlan[] };

interface RangePlan {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly reverse: boolean;
}

const name = fc.constantFrom(...names);
const commitPlan: fc.Arbitrary<CommitPlan> = fc.record({
  checks: fc.array(
    fc.record({
      name,
      guess: fc.constantFrom<StampGuess>('right', 'right', 'right', 'right', 'absent', 'stale'),
    }),
    { maxLength: 3 },
  ),
  empties: fc.array(fc.record({ from: name, to: name }), { maxLength: 1 }),
  writes: fc.uniqueArray(
    fc.record({ name, text: fc.option(fc.string({ maxLength: 20 }), { freq: 3 }) }),
    { maxLength: 4, selector: (write) => write.name },
  ),
  adds: fc.array(fc.record({ name, deltas: fc.array(fc.bigInt(-9n, 9n), { maxLength: 3 }) }), {
    maxLength: 2,
  }),
});
const rangePlan: fc.Arbitrary<RangePlan> = fc.record({
  from: name,
  to: name,
  limit: fc.integer({ min: 0, max: 6 }),
  reverse: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('commits' as const),
      plans: fc.array(commitPlan, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      ranges: fc.array(rangePlan, { minLength: 1, maxLength: 4 }),
    }),
  },
);

class History {
  readonly #metadata: Metadata;
  readonly #space: string;
  readonly #model = new TinyModel();

  constructor(metadata: Metadata, space: string) {
    this.#metadata = metadata;
    this.#space = space;
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const next of steps) {
      if (next.kind === 'read') await this.#read(next.ranges);
      else await this.#commit(next.plans);
    }
    await this.#read([{ from: '', to: '\u{10FFFF}', limit: 1_000, reverse: false }]);
    for (const each of names) {
      const counter = this.#key(each);
      expect(await this.#metadata.counters(counter)).toEqual(this.#model.counter(counter));
    }
  }

  async #commit(plans: readonly CommitPlan[]): Promise<void> {
    // Stamps are guessed from before the first of them: later ones of one call may meet earlier ones.
    const commits = plans.map((plan) => this.#commitOf(plan));
    const [only] = commits;
    const outcomes =
      commits.length === 1 && only !== undefined
        ? [await this.#metadata.commit(only)]
        : await this.#metadata.commitMany(commits);
    expect(outcomes).toHaveLength(commits.length);
    for (const [index, commit] of commits.entries()) this.#judge(commit, outcomes[index]);
  }

  #judge(commit: Commit, outcome: Outcome | undefined): void {
    const expected = this.#model.judge(commit);
    expect(outcome?.ok).toBe(expected.ok);
    if (outcome?.ok === true) {
      this.#model.apply(commit, outcome.stamp);
    } else if (outcome?.ok === false && !expected.ok) {
      expect(outcome.conflict.toString('hex')).toBe(expected.conflict);
      const { row } = outcome;
      const seen = row && { stamp: row.stamp, text: row.value.toString() };
      expect(seen).toEqual(expected.row);
    }
  }

  async #read(plans: readonly RangePlan[]): Promise<void> {
    const ranges = plans.map(
      (plan): Range => ({
        from: this.#key(plan.from),
        to: this.#key(plan.to),
        limit: plan.limit,
        reverse: plan.reverse,
      }),
    );
    const keys = names.map((each) => this.#key(each));
    const view = await viewOf(this.#metadata, { keys, ranges });
    for (const [index, asked] of ranges.entries()) {
      const found = (view.ranges[index] ?? []).map((row) => row.key.toString('hex'));
      expect(found).toEqual(this.#model.keys(asked));
    }
    for (const [index, asked] of keys.entries()) {
      const row = view.rows[index] ?? null;
      const seen = row && { stamp: row.stamp, text: row.value.toString() };
      expect(seen).toEqual(this.#model.row(asked));
    }
  }

  #commitOf({ checks, empties, writes, adds }: CommitPlan): Commit {
    return {
      check: checks.map((check) => ({
        key: this.#key(check.name),
        stamp: this.#guess(check.name, check.guess),
      })),
      empty: empties.map(({ from, to }) => ({ from: this.#key(from), to: this.#key(to) })),
      set: writes.flatMap((write) =>
        write.text === null ? [] : [{ key: this.#key(write.name), value: Buffer.from(write.text) }],
      ),
      del: writes.flatMap((write) => (write.text === null ? [this.#key(write.name)] : [])),
      add: adds.map(({ name: each, deltas }) => ({ key: this.#key(each), deltas })),
    };
  }

  #guess(name: string, guess: StampGuess): bigint | null {
    const row = this.#model.row(this.#key(name));
    if (guess === 'absent' || row === null) return null;
    return guess === 'right' ? row.stamp : row.stamp + 2n ** 40n;
  }

  /** Each history has a space of its own, so that one engine serves them all. */
  #key(name: string): Buffer {
    return key(`${this.#space}/${name}`);
  }
}

export const historyChecks: readonly MetadataCheck[] = [
  {
    name: 'random histories end as the model says',
    run: async (metadata) => {
      let runs = 0;
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        async (steps) => {
          runs += 1;
          await new History(metadata, `run${runs}`).run(steps);
        },
      );
      await fc.assert(property, { numRuns: 150 });
    },
  },
];
