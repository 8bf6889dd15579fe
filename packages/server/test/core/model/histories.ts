// Runs random histories over a subject: the same suites for every kind of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Versioning, versioningStates } from '../../../src/core/records/model.ts';
import { type Command, Commands, type Counts, isPossible, steps } from './commands.ts';
import type { Subject } from './subject.ts';
import { VersionModel } from './version-model.ts';

export interface Histories {
  readonly name: string;
  readonly seed: number;
  readonly runs: number;
  /** Every step was made so often in every state where it can be made; asserted. */
  readonly timesMin: number;
  readonly open: () => Promise<Subject>;
}

export interface Suite {
  readonly name: string;
  readonly first: Versioning;
  /** The state changes within a history. */
  readonly switches?: true;
}

export const toAndFro: Suite = { name: 'switched to and fro', first: 'never', switches: true };

const suites: readonly Suite[] = [
  { name: 'without versioning', first: 'never' },
  { name: 'enabled', first: 'enabled' },
  { name: 'suspended', first: 'suspended' },
  toAndFro,
];

interface Run extends Pick<Histories, 'seed' | 'runs' | 'open'> {
  /** The first failure will do; no shorter history is searched. */
  readonly endOnFailure?: boolean;
}

/** Rejects with fast-check's report, seed and shortest history, when a history breaks the model. */
export async function runHistories(
  { seed, runs, open, endOnFailure = false }: Run,
  { first, switches }: Suite,
  counts: Counts = new Map(),
): Promise<void> {
  const commands = new Commands(counts);
  const kinds = [
    ...commands.reads,
    ...commands.deletes,
    ...commands.onVersions(switches ? 'enabled' : first),
    commands.sweeps,
    commands.restarts,
    // Puts more often: a history that deletes as much as it writes stays shallow.
    ...times(5, commands.puts),
    ...(switches ? times(3, commands.switches) : []),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(kinds, { maxCommands: 200, size: 'max' }), async (history) => {
      await runHistory(await open(), commands.prelude(first), history);
    }),
    { numRuns: runs, seed, endOnFailure },
  );
}

/** Drawn so many times as often as the others. */
function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

async function runHistory(
  subject: Subject,
  prelude: readonly Command[],
  history: Iterable<Command>,
): Promise<void> {
  const model = new VersionModel();
  for (const command of prelude) await command.run(model, subject);
  await fc.asyncModelRun(() => ({ model, real: subject }), history);
  await subject.checkRows();
  expect(await subject.totals()).toEqual(model.totals());
  for (const { key, versionId } of model.listedVersions()) await subject.delete(key, versionId);
  await subject.finish();
}

export function describeHistories(histories: Histories): void {
  const { name, seed, timesMin } = histories;
  const counts: Counts = new Map();

  describe(`${name}, seed ${seed}`, () => {
    test.each(suites)('$name', { timeout: 300_000 }, (suite) =>
      runHistories(histories, suite, counts),
    );

    // Last, when all of them are counted.
    test('every step often enough in every state', () => {
      for (const state of versioningStates) {
        for (const step of steps.filter((each) => isPossible(each, state))) {
          const count = counts.get(`${step} ${state}`) ?? 0;
          expect(count, `${step} in state ${state}`).toBeGreaterThanOrEqual(timesMin);
        }
      }
    });
  });
}
