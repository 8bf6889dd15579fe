// The model test's own test: it must notice every store that breaks a rule of versioning.
import { expect, test } from 'vitest';
import { seedOfRun } from '../support/seeded-random.ts';
import { runHistories, toAndFro } from './model/histories.ts';
import { versioningMutants, withCommits } from './model/mutants.ts';
import { StoreSubject } from './model/store-subject.ts';

const seed = seedOfRun();
const run = { seed, runs: 30, endOnFailure: true };

test(`without a mutant nothing is found, seed ${seed}`, async () => {
  const open = () =>
    StoreSubject.open('memory', undefined, (metadata) => withCommits(metadata, () => ({})));
  await runHistories({ ...run, open }, toAndFro);
});

test.each(Object.entries(versioningMutants))(`%s, seed ${seed}`, async (_name, change) => {
  const broken = () =>
    StoreSubject.open('memory', undefined, (metadata) => withCommits(metadata, change));
  await expect(runHistories({ ...run, open: broken }, toAndFro)).rejects.toThrow(
    /^Property failed/,
  );
});
