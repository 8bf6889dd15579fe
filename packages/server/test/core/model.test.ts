// Random histories of a bucket against a model of plain lists: every operation in every state of
// versioning, through ends of processes and sweeps; afterwards every row is checked.

import { nothingMayBeSkipped } from '../../../../testing/skips.ts';
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts';
import { describeHistories } from './model/histories.ts';
import { PairSubject, StoreSubject } from './model/store-subject.ts';

const seed = seedOfRun();
const isComplete = nothingMayBeSkipped;

describeHistories({
  name: 'over memory',
  seed,
  runs: 75,
  timesMin: 200,
  open: () => StoreSubject.open('memory'),
});

describeHistories({
  name: 'embedded against memory',
  seed,
  // Every history costs some hundred flushes; the short form only shows that the engines still agree.
  ...(isComplete ? { runs: 75, timesMin: 200 } : { runs: 8, timesMin: 1 }),
  open: () => PairSubject.open(() => new SeededRandom(seed)),
});
