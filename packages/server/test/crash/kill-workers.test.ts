// kill -9 of one worker, of the process that writes, and of all of them, while two workers answer: every
// acknowledged version is there, whole and in its place, and nothing else; bodies up to 64 MiB; the next
// sweep leaves no stray file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  because,
  nothingMayBeSkipped,
  onlyComplete,
  onlyLinux,
} from '../../../../testing/skips.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { seedOfRun } from '../support/seeded-random.ts';
import type { Victim } from './crash-points.ts';
import { expectSwept } from './expect-swept.ts';
import { KillLoop, type KillResult } from './kill-loop.ts';
import type { Mutant } from './mutants.ts';

const isComplete = nothingMayBeSkipped;
const kills = isComplete ? 60 : 3;
const mutantKills = 40;
/** Both engines have the same. */
const inlineBytesMax = new MemoryMetadata().inlineBytesMax - inlineBodyOverhead;
const largeBytes = 64 * 2 ** 20;
const seed = seedOfRun();

describe.skipIf(onlyLinux)(`kill -9 with two workers, seed ${seed}${because(onlyLinux)}`, () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'osskeep-kill-workers-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function loop(victim: Victim, mutant: Mutant, count: number): Promise<KillResult> {
    const data = join(directory, `${victim}-${mutant}`);
    const stopAtFirstViolation = mutant !== 'none';
    return new KillLoop({
      data,
      kills: count,
      victim,
      largeBytes,
      mutant,
      inlineBytesMax,
      seed,
      stopAtFirstViolation,
    }).run();
  }

  test.each<Victim>(['worker', 'writer', 'all'])(
    `${kills} times: %s`,
    { timeout: 1_200_000 },
    async (victim) => {
      const result = await loop(victim, 'none', kills);
      expect(result.violations).toEqual([]);
      expect(result.kills).toBe(kills);
      expect(result.inFlightMin).toBeGreaterThanOrEqual(16);
      expect(result.acknowledged).toBeGreaterThanOrEqual(kills * 60);
      expect(result.overwrites).toBeGreaterThan(result.acknowledged / 3);
      const { orphans } = await expectSwept(join(directory, `${victim}-none`));
      if (!isComplete) return;
      // A server that goes on may have swept them itself.
      if (victim !== 'worker') expect(orphans).toBeGreaterThan(0);
      expect(result.atPoints).toBeGreaterThan(kills / 8);
      expect(result.large).toBeGreaterThan(kills / 8);
      expect(result.unanswered).toBeGreaterThan(0);
    },
  );

  test.skipIf(onlyComplete).each<[Victim, Mutant]>([
    ['worker', 'early-acknowledgement'],
    ['all', 'commit-in-two-steps'],
  ])(
    `kills of %s notice the mutant %s${because(onlyComplete)}`,
    { timeout: 600_000 },
    async (victim, mutant) => {
      const result = await loop(victim, mutant, mutantKills);
      expect(result.violations.length).toBeGreaterThan(0);
    },
  );
});
