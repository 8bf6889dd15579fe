// The broken engines by name, and the check that must catch each. The contract's own test runs it over
// them and expects red: a suite that passes a broken engine proves nothing (testing page §2, Mutants).
import type { Metadata } from '../../src/core/ports/metadata.ts';
import * as broken from './broken-metadata.ts';

export interface Mutant {
  readonly name: string;
  readonly open: () => Metadata;
  /** A check that must fail for this very reason. */
  readonly caughtBy: string;
}

export const metadataMutants: readonly Mutant[] = [
  {
    name: 'checks skipped',
    open: () => new broken.ChecksSkipped(),
    caughtBy: 'a check refuses another stamp, an absent row and a present one',
  },
  {
    name: 'absence not checked',
    open: () => new broken.AbsenceNotChecked(),
    caughtBy: 'of many who claim one absent key, one wins and the others see its row',
  },
  {
    name: 'empty skipped',
    open: () => new broken.EmptySkipped(),
    caughtBy: 'inserts under a guard and the emptiness that deletes the guard never both succeed',
  },
  {
    name: 'a deletion forgotten',
    open: () => new broken.DeletionForgotten(),
    caughtBy: 'a commit sets and deletes rows together',
  },
  {
    name: 'a view kept for a turn',
    open: () => new broken.StaleView(),
    caughtBy:
      'a read after an acknowledged commit sees it, also in the same turn as an earlier read',
  },
  {
    name: 'a row is unchanged while it is there',
    open: () => new broken.UnchangedUntilDeleted(),
    caughtBy: 'a known row is unchanged until it is set again or deleted, whatever its value',
  },
  {
    name: 'a wrong query thrown, not rejected',
    open: () => new broken.ThrowsAtOnce(),
    caughtBy: 'limits: reads beyond them are rejected promises, and never thrown',
  },
  {
    name: 'known stamps ignored',
    open: () => new broken.NothingKnown(),
    caughtBy: 'a known row is unchanged until it is set again or deleted, whatever its value',
  },
  {
    name: 'one known stamp taken for all rows',
    open: () => new broken.KnownToAll(),
    caughtBy: 'rows known and rows not known stand in one answer, each as it was asked for',
  },
  {
    name: 'keys and ranges read at two times',
    open: () => new broken.TornView(),
    caughtBy: 'one read call is one view',
  },
  {
    name: 'acknowledged before it is done',
    open: () => new broken.AcknowledgedTooEarly(),
    caughtBy:
      'a read after an acknowledged commit sees it, also in the same turn as an earlier read',
  },
  {
    name: 'checks read before the transaction',
    open: () => new broken.ReadsBeforeTheTurn(),
    caughtBy: 'of many who replace one row by its stamp, one wins',
  },
  {
    name: 'a conflict that adds to counters',
    open: () => new broken.HalfDone(),
    caughtBy: 'a commit that conflicts leaves nothing: no row, no deletion, no sum',
  },
  {
    name: 'commitMany that stops at a conflict',
    open: () => new broken.ManyStopsAtConflict(),
    caughtBy: 'commitMany gives each its own outcome; later ones see earlier ones',
  },
  {
    name: 'commitMany blind for its own commits',
    open: () => new broken.ManyBlind(),
    caughtBy: 'commitMany gives each its own outcome; later ones see earlier ones',
  },
  {
    name: 'commitMany that stops at a wrong one',
    open: () => new broken.ManyBestEffort(),
    caughtBy: 'limits: bytes, alone and among others, throw and leave nothing',
  },
  {
    name: 'order of UTF-16 strings',
    open: () => new broken.OrderOfStrings(),
    caughtBy: 'rows come in the order of their UTF-8 bytes, forwards and backwards',
  },
  {
    name: 'bounds swapped backwards',
    open: () => new broken.BackwardsBoundsSwapped(),
    caughtBy: 'a range holds its start and not its end, in both directions',
  },
  {
    name: 'limit taken forwards, then reversed',
    open: () => new broken.BackwardsLimitOfForwards(),
    caughtBy: 'a limit takes the first rows of the direction',
  },
  {
    name: 'one buffer for all callers',
    open: () => new broken.SharedBuffers(),
    caughtBy: "buffers given and buffers returned are nobody else's",
  },
  {
    name: 'conflicts without their row',
    open: () => new broken.ConflictWithoutRow(),
    caughtBy: 'a conflict names the first check that failed and carries its row as it is',
  },
  {
    name: 'counters read and written apart',
    open: () => new broken.CountersOverwrite(),
    caughtBy: 'no addition is lost among many at once',
  },
  {
    name: 'stamps of content',
    open: () => new broken.StampsOfContent(),
    caughtBy: 'a stamp is never given twice, also for a row that is as it was before',
  },
  {
    name: 'long commits split in two',
    open: () => new broken.LongCommitsSplit(),
    caughtBy: 'limits: sets, alone and among others, throw and leave nothing',
  },
];
