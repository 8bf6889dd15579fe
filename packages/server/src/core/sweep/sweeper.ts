// Removes in the background what nothing needs any more: freed bodies, remains of buckets, orphans.
import type { CoreContext } from '../context.ts';
import { GarbageSweep } from './garbage-sweep.ts';
import { OrphanSweep } from './orphan-sweep.ts';

export interface SweepReport {
  /** Entries of the garbage queue that are done with. */
  readonly freed: number;
  /** Blobs removed that no row named. */
  readonly orphans: number;
  /** What went wrong; the next run tries again. */
  readonly failures: readonly unknown[];
}

export class Sweeper {
  readonly #garbage: GarbageSweep;
  readonly #orphans: OrphanSweep;
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(core: CoreContext, isExclusive: boolean, onFailure: (error: unknown) => void) {
    this.#garbage = new GarbageSweep(core);
    this.#orphans = new OrphanSweep(core, isExclusive);
    this.#onFailure = onFailure;
  }

  /** One round, after the one under way. */
  runOnce(): Promise<SweepReport> {
    const round = this.#last.then(() => this.#round());
    this.#last = round.catch(() => undefined);
    return round;
  }

  /** Goes on by itself; keeps no process alive. */
  start(intervalMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      void this.runOnce().then((report) => {
        for (const failure of report.failures) this.#onFailure(failure);
        this.start(intervalMs);
      });
    }, intervalMs);
    this.#timer.unref();
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#last;
  }

  async #round(): Promise<SweepReport> {
    const failures: unknown[] = [];
    const failed = (error: unknown): void => {
      failures.push(error);
    };
    const counted = (work: Promise<number>): Promise<number> =>
      work.catch((error: unknown) => {
        failed(error);
        return 0;
      });
    const freed = await counted(this.#garbage.runOnce(failed));
    const orphans = await counted(this.#orphans.runOnce());
    return { freed, orphans, failures };
  }
}
