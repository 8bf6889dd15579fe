// Random histories of a bucket against a model of plain lists: every operation in every state of
// versioning, through ends of processes and sweeps; afterwards every row is checked.
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts';
import { describeHistories } from './model/histories.ts';
import { PairSubject, StoreSubject } from './model/store-subject.ts';

const seed = seedOfRun();

describeHistories({
  name: 'over memory',
  seed,
  runs: 300,
  timesMin: 200,
  open: () => StoreSubject.open('memory'),
});

describeHistories({
  name: 'embedded against memory',
  seed,
  runs: 200,
  timesMin: 200,
  open: () => PairSubject.open(() => new SeededRandom(seed)),
});
