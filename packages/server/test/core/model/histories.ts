// Runs random histories over a subject: the same suites for every kind of it.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Versioning, versioningStates } from '../../../src/core/model.ts';
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

const suites: readonly [name: string, first: Versioning, switches: boolean][] = [
  ['without versioning', 'never', false],
  ['enabled', 'enabled', false],
  ['suspended', 'suspended', false],
  ['switched to and fro', 'never', true],
];

/** Rejects with fast-check's report, seed and shortest history, when a history breaks the model. */
export async function runHistories(
  { seed, runs, open }: Pick<Histories, 'seed' | 'runs' | 'open'>,
  first: Versioning,
  switches: boolean,
  counts: Counts = new Map(),
): Promise<void> {
  const commands = new Commands(counts);
  const kinds = [...commands.readsAndDeletes, commands.sweeps, commands.restarts];
  // Puts more often: a history that deletes as much as it writes stays shallow.
  const mixed = [commands.puts, commands.puts, commands.puts, ...kinds];
  const drawn = switches ? [...mixed, commands.switches] : mixed;
  await fc.assert(
    fc.asyncProperty(fc.commands(drawn, { maxCommands: 70, size: 'max' }), async (history) => {
      await runHistory(await open(), commands.prelude(first), history);
    }),
    { numRuns: runs, seed },
  );
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
    test.each(suites)('%s', { timeout: 300_000 }, (_name, first, switches) =>
      runHistories(histories, first, switches, counts),
    );

    afterAll(({ }) => {
      for (const state of versioningStates) {
        for (const step of steps.filter((each) => isPossible(each, state))) {
          const count = counts.get(`${step} ${state}`) ?? 0;
          expect(count, `${step} in state ${state}`).toBeGreaterThanOrEqual(timesMin);
        }
      }
    });
  });
}
