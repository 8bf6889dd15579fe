// What every metadata engine promises (metadata model §1 and §10, invariants 1-7).
import { commitChecks } from './metadata/commit-checks.ts';
import { counterChecks } from './metadata/counter-checks.ts';
import { historyChecks } from './metadata/history-checks.ts';
import { limitChecks } from './metadata/limit-checks.ts';
import type { MetadataCheck } from './metadata/metadata-check.ts';
import { orderChecks } from './metadata/order-checks.ts';
import { raceChecks } from './metadata/race-checks.ts';
import { readChecks } from './metadata/read-checks.ts';
import { rollUpChecks } from './metadata/roll-up-checks.ts';

export const metadataContract: readonly MetadataCheck[] = [
  ...readChecks,
  ...orderChecks,
  ...rollUpChecks,
  ...commitChecks,
  ...counterChecks,
  ...raceChecks,
  ...limitChecks,
  ...historyChecks,
];
