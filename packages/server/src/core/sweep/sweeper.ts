// Removes in the background what nothing needs any more: freed bodies, remains of buckets, orphans.
import type { CoreContext } from '../context/context.ts';
import { GarbageSweep } from './garbage-sweep.ts';
import { type Judge, OrphanSweep } from './orphan-sweep.ts';

export interface SweepReport {
  /** Entries of the garbage queue that are done with. */
  readonly freed: number;
  /** Blobs removed that no row named. */
  readonly orphans: number;
  /** What went wrong; the next run tries again. */
  readonly failures: readonly unknown[];
}

export interface SweeperOptions {
  readonly judge: Judge;
  /** Only blobs that this process itself left undecided: another one of its server sweeps the rest. */
  readonly ownOnly: boolean;
  readonly onFailure: (error: unknown) => void;
}

export class Sweeper {
  readonly #garbage: GarbageSweep;
  readonly #orphans: OrphanSweep;
  readonly #options: SweeperOptions;
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(core: CoreContext, options: SweeperOptions) {
    this.#garbage = new GarbageSweep(core);
    this.#orphans = new OrphanSweep(core, options.judge);
    this.#options = options;
  }

  /** One round, after the one under way. */
  runOnce(): Promise<SweepReport> {
    const round = this.#last.then(() => this.#round());
    this.#last = round.catch(() => undefined);
    return round;
  }

  /** Takes a process that is known to be dead its right to commit; its blobs are swept in their time. */
  fence(epoch: Buffer): Promise<void> {
    return this.#orphans.fence(epoch);
  }

  /** Goes on by itself; keeps no process alive. */
  start(intervalMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      void this.runOnce().then((report) => {
        for (const failure of report.failures) this.#options.onFailure(failure);
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
    if (this.#options.ownOnly) {
      return { freed: 0, orphans: await counted(this.#orphans.sweepOwn()), failures };
    }
    const freed = await counted(this.#garbage.runOnce(failed));
    const orphans = await counted(this.#orphans.runOnce());
    return { freed, orphans, failures };
  }
}
