// kill -9 while objects are overwritten and deleted in buckets with versions: every acknowledged version
// is there, whole and in its place, and nothing else; the next sweep leaves no stray file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nothingMayBeSkipped } from '../../../../testing/skips.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { seedOfRun } from '../support/seeded-random.ts';
import { expectSwept } from './expect-swept.ts';
import { KillLoop, type KillResult } from './kill-loop.ts';
import type { Mutant } from './mutants.ts';

const isComplete = nothingMayBeSkipped;
const kills = isComplete ? 200 : 10;
const mutantKills = 40;
/** Both engines have the same. */
const inlineBytesMax = new MemoryMetadata().inlineBytesMax - inlineBodyOverhead;
const seed = seedOfRun();

describe(`kill -9, seed ${seed}`, () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'osskeep-kill-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function loop(mutant: Mutant, count: number, data: string): Promise<KillResult> {
    const stopAtFirstViolation = mutant !== 'none';
    const options = { data, kills: count, mutant, inlineBytesMax, seed, stopAtFirstViolation };
    return new KillLoop(options).run();
  }

  test(`${kills} kills lose no version, mix none and make none up`, {
    timeout: 900_000,
  }, async () => {
    const data = join(directory, 'data');
    const result = await loop('none', kills, data);
    expect(result.violations).toEqual([]);
    expect(result.kills).toBe(kills);
    expect(result.inFlightMin).toBeGreaterThanOrEqual(16);
    expect(result.acknowledged).toBeGreaterThanOrEqual(kills * 100);
    expect(result.overwrites).toBeGreaterThan(result.acknowledged / 3);
    // Few kills may by chance find none.
    if (isComplete) expect(result.unanswered).toBeGreaterThan(0);
    const { freed, orphans } = await expectSwept(data);
    expect(freed).toBeGreaterThan(0);
    expect(orphans).toBeGreaterThan(0);
  });

  test.each<Mutant>(['early-acknowledgement', 'commit-in-two-steps'])(
    'the kills notice the mutant %s',
    { timeout: 300_000 },
    async (mutant) => {
      const result = await loop(mutant, mutantKills, join(directory, mutant));
      expect(result.violations.length).toBeGreaterThan(0);
    },
  );
});
