// kill -9 while objects are overwritten and deleted in buckets with versions: every acknowledged version
// is there, whole and in its place, and nothing else; the next sweep leaves no stray file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { systemRandom } from '../../src/core/ports/random.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import { FileBlobs, nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';
import { startOsskeep } from '../../src/index.ts';
import { checkInvariants, rowsOf } from '../core/invariants.ts';
import { seedOfRun } from '../support/seeded-random.ts';
import { KillLoop, type KillResult } from './kill-loop.ts';
import type { Mutant } from './mutants.ts';

const isComplete = process.env['OSSKEEP_REQUIRE_ALL'] === '1';
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
    expect(result.unanswered).toBeGreaterThan(0);
    await expectSwept(data);
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

/** One pass of the sweep, and every row and file is accounted for. */
async function expectSwept(data: string): Promise<void> {
  let metadata: Metadata | undefined;
  const graceMs = 1;
  const server = await startOsskeep(
    { data },
    {
      graceMs,
      drain: { acceptMs: 0, idleMs: 0 },
      wrapMetadata: (opened) => {
        metadata = opened;
        return opened;
      },
    },
  );
  const blobs = await FileBlobs.open({
    directory: join(data, 'blobs'),
    epoch: systemRandom.bytes(6),
    random: systemRandom,
    fileSystem: nodeFileSystem,
  });
  try {
    // A pass sees what is there, waits the grace, marks, and removes.
    const removed = { freed: 0, orphans: 0 };
    for (let round = 0; round < 4; round += 1) {
      const { failures, freed, orphans } = await server.store.sweeper.runOnce();
      expect(failures).toEqual([]);
      removed.freed += freed;
      removed.orphans += orphans;
      await sleep(graceMs + 1);
    }
    // There was something to remove: of overwritten bodies, and of writes that were cut off.
    expect(removed.freed).toBeGreaterThan(0);
    expect(removed.orphans).toBeGreaterThan(0);
    if (metadata === undefined) throw new Error('the server opened no metadata');
    expect(await rowsOf(metadata, 'G')).toEqual([]);
    await checkInvariants(metadata, blobs, []);
  } finally {
    await blobs.close();
    await server.stop();
  }
}
