// Cuts the power under a loaded server on XFS: nothing acknowledged may be lost, nothing torn; and each
// promise that a sync keeps is broken once, to see that the cuts notice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because, nothingMayBeSkipped, onlyComplete } from '../../../../testing/skips.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { seedOfRun } from '../support/seeded-random.ts';
import { expectSwept } from './expect-swept.ts';
import type { Mutant } from './mutants.ts';
import { type LoopResult, powerCutLoop } from './power-cut-loop.ts';
import { whyNoPowerCuts } from './volume.ts';

const missing = whyNoPowerCuts();
/** The complete number in CI; a short run says the machinery works. */
const cuts = nothingMayBeSkipped ? 40 : 4;
const mutantCuts = 40;
/** One process, and several, which a short run leaves to the complete one. */
const workerCounts = nothingMayBeSkipped ? [1, 2] : [1];
/** Both engines have the same. */
const inlineBytesMax = new MemoryMetadata().inlineBytesMax - inlineBodyOverhead;
const seed = seedOfRun();

test('power can be cut here', ({ skip }) => {
  if (missing !== undefined && !nothingMayBeSkipped) skip(missing);
  expect(missing).toBeUndefined();
});

describe.skipIf(missing)(`power cuts on XFS, seed ${seed}${because(missing)}`, () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'osskeep-cut-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function loop(mutant: Mutant, count: number, workers = 1): Promise<LoopResult> {
    return powerCutLoop({
      directory: mkdtempSync(join(directory, 'volume-')),
      cuts: count,
      mutant,
      workers,
      inlineBytesMax,
      seed,
      stopAtFirstViolation: mutant !== 'none',
      afterwards: mutant === 'none' ? (data) => swept(data, count) : undefined,
    });
  }

  /** One pass leaves no stray file, and there were some. */
  async function swept(data: string, count: number): Promise<void> {
    const { orphans } = await expectSwept(data);
    if (count >= 40) expect(orphans).toBeGreaterThan(0);
  }

  test.each(workerCounts)(
    `${cuts} cuts lose nothing acknowledged and tear nothing, workers: %i`,
    {
      timeout: 600_000,
    },
    async (workers) => {
      const result = await loop('none', cuts, workers);
      expect(result.violations).toEqual([]);
      expect(result.cuts).toBe(cuts);
      expect(result.acknowledged).toBeGreaterThan(cuts * 20);
      expect(result.overwrites).toBeGreaterThan(result.acknowledged / 3);
    },
  );

  // A missing fsync of the directory does not show here: a new file's own fdatasync forces XFS's log, and
  // with it the directory entry. POSIX promises no such thing; file-blobs-power.test.ts holds that one.
  const mutants: Mutant[] = ['no-fdatasync', 'early-acknowledgement'];
  const cases = mutants.flatMap((mutant) => workerCounts.map((count) => [mutant, count] as const));
  test.skipIf(onlyComplete).each(cases)(
    `the cuts notice the mutant %s, workers: %i${because(onlyComplete)}`,
    { timeout: 600_000 },
    async (mutant, workers) => {
      const result = await loop(mutant, mutantCuts, workers);
      expect(result.violations.length).toBeGreaterThan(0);
    },
  );
});
