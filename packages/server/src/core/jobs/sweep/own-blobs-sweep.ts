// The sweep of what this process left undecided itself: blobs whose commit ended without an answer.
// Only the process knows them, and what each commit was about; so a look costs the rows of a key and the
// garbage queue, however large the store is.
import type { CoreContext } from '../../context/context.ts';
import type { Done, Job, Round } from '../job.ts';
import { lookFor } from './named-by-subject.ts';

/** Reports how many blobs were removed; `failed` hears of those that stay undecided. */
export class OwnBlobsSweep implements Job<number> {
  readonly name = 'sweep-own-blobs';
  readonly runsOn = 'each-process';
  readonly intervalMs: number;
  readonly #core: CoreContext;

  constructor(core: CoreContext, intervalMs: number) {
    this.#core = core;
    this.intervalMs = intervalMs;
  }

  async round(round: Round<undefined>): Promise<Done<number, undefined>> {
    const { blobs, clock, lease, settings } = this.#core;
    // After the grace every commit has ended one way.
    const left = lease.leftBefore(clock.monotonic() - settings.graceMs);
    if (left.length === 0) return { report: 0 };
    let removed = 0;
    for (const { id, isNamed } of await lookFor(this.#core, left, round)) {
      try {
        if (!isNamed) {
          await blobs.remove(id);
          removed += 1;
        }
        lease.decided(id);
      } catch (error) {
        round.failed(error);
      }
    }
    return { report: removed };
  }
}
