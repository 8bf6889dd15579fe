// What a sweep leaves after kills.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { startOsskeep } from '../../src/index.ts';
import { checkInvariants, rowsOf } from '../core/invariants.ts';
import { openBlobs } from '../engines/open-blobs.ts';

export interface Removed {
  /** Bodies that were overwritten or deleted. */
  readonly freed: number;
  /** Files of writes that were cut off. */
  readonly orphans: number;
}

/** One pass of the sweep, and every row and file is accounted for. */
export async function expectSwept(data: string): Promise<Removed> {
  let metadata: Metadata | undefined;
  const graceMs = 1;
  const server = await startOsskeep(
    { data },
    {
      graceMs,
      // A round that a timer began would remove what this one is to count.
      sweepIntervalMs: 0,
      drain: { acceptMs: 0, idleMs: 0 },
      wrapMetadata: (opened) => {
        metadata = opened;
        return opened;
      },
    },
  );
  const blobs = await openBlobs(join(data, 'blobs'));
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
    if (metadata === undefined) throw new Error('the server opened no metadata');
    expect(await rowsOf(metadata, 'G')).toEqual([]);
    await checkInvariants(metadata, blobs, []);
    return removed;
  } finally {
    await blobs.close();
    await server.stop();
  }
}
