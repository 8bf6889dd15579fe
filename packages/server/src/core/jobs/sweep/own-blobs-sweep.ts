// The sweep of what this process left undecided itself: blobs whose commit ended without an answer.
// Only the process knows them, and what each commit was about; so a look costs the rows of a key and the
// garbage queue, however large the store is.
import type { CoreContext } from '../../context/context.ts';
import { blobName } from '../../ports/blob-id.ts';
import type { Done, Job, Round } from '../job.ts';
import { unnamedOf } from './named-by-subject.ts';

/** Reports how many blobs were removed. */
export class OwnBlobsSweep implements Job<number> {
  readonly name = 'sweep-own-blobs';
  readonly runsOn = 'each-process';
  readonly intervalMs: number;
  readonly #core: CoreContext;

  constructor(core: CoreContext, intervalMs: number) {
    this.#core = core;
    this.intervalMs = intervalMs;
  }

  async round({ pause }: Round<undefined>): Promise<Done<number, undefined>> {
    const { blobs, clock, lease, settings } = this.#core;
    // After the grace every commit has ended one way.
    const left = lease.leftBefore(clock.monotonic() - settings.graceMs);
    if (left.length === 0) return { report: 0 };
    const unnamed = await unnamedOf(this.#core, left, pause);
    for (const { id } of left) {
      if (unnamed.has(blobName(id))) await blobs.remove(id);
      lease.decided(id);
    }
    return { report: unnamed.size };
  }
}
