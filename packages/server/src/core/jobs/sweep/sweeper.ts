// What removes in the background what nothing needs any more: freed bodies and remains of buckets, what
// dead processes left, and what this one left undecided. Three jobs of one runner.
import type { CoreContext } from '../../context/context.ts';
import type { RunningJob } from '../job.ts';
import type { JobRunner } from '../job-runner.ts';
import { DeadProcessesSweep, type Judge } from './dead-processes-sweep.ts';
import { GarbageSweep } from './garbage-sweep.ts';
import { OwnBlobsSweep } from './own-blobs-sweep.ts';

export interface SweepReport {
  /** Entries of the garbage queue that are done with. */
  readonly freed: number;
  /** Blobs removed that no row named. */
  readonly orphans: number;
  /** What went wrong; the next round tries again. */
  readonly failures: readonly unknown[];
}

export interface SweeperOptions {
  readonly judge: Judge;
  /** 0 = only when asked. */
  readonly intervalMs: number;
}

export class Sweeper {
  readonly #garbage: RunningJob<number>;
  readonly #ownBlobs: RunningJob<number>;
  readonly #deadProcesses: RunningJob<number>;
  readonly #dead: DeadProcessesSweep;

  constructor(core: CoreContext, runner: JobRunner, { judge, intervalMs }: SweeperOptions) {
    this.#dead = new DeadProcessesSweep(core, judge, intervalMs);
    this.#garbage = runner.add(new GarbageSweep(core, intervalMs));
    this.#ownBlobs = runner.add(new OwnBlobsSweep(core, intervalMs));
    this.#deadProcesses = runner.add(this.#dead);
  }

  /** A round of each, of those that are this process's. */
  async runOnce(): Promise<SweepReport> {
    const garbage = await this.#garbage.run();
    const own = await this.#ownBlobs.run();
    const dead = await this.#deadProcesses.run();
    return {
      freed: garbage.report ?? 0,
      orphans: (own.report ?? 0) + (dead.report ?? 0),
      failures: [...garbage.failures, ...own.failures, ...dead.failures],
    };
  }

  /** Takes a process that is known to be dead its right to commit; its blobs are swept in their time. */
  fence(epoch: Buffer): Promise<void> {
    return this.#dead.fence(epoch);
  }
}
