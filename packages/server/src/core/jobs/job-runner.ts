// Runs the jobs of an open store: owns their timers, runs one round of each job at a time, says what
// failed in one place, and ends with the store.
import { setImmediate } from 'node:timers/promises';
import { type Job, type RoundReport, RoundStoppedError, type RunningJob } from './job.ts';
import { type CursorStore, cursorOf, type JobCursor } from './job-cursor.ts';

export interface JobRunnerOptions {
  /** False: jobs of one node are run by another process. */
  readonly runsNodeJobs: boolean;
  /** Hears what failed in rounds that a timer began; whoever begins one by hand gets it in the report. */
  readonly onFailure: (error: unknown, job: string) => void;
}

export class JobRunner {
  readonly #core: CursorStore;
  readonly #options: JobRunnerOptions;
  readonly #jobs = new Map<string, { stop(): Promise<void> }>();

  constructor(core: CursorStore, options: JobRunnerOptions) {
    this.#core = core;
    this.#options = options;
  }

  /** From now on it runs by itself, unless it is another process's or has no interval. */
  add<Report, At>(job: Job<Report, At>): RunningJob<Report> {
    if (this.#jobs.has(job.name)) throw new Error(`There are two jobs named ${job.name}.`);
    const { onFailure, runsNodeJobs } = this.#options;
    const isOurs = job.runsOn === 'each-process' || runsNodeJobs;
    const rounds = new JobRounds(job, cursorOf(this.#core, job), isOurs, onFailure);
    this.#jobs.set(job.name, rounds);
    rounds.schedule();
    return rounds;
  }

  /** Resolves when the rounds under way have ended; no timer is left and none comes. */
  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#jobs.values(), (rounds) => rounds.stop()));
  }
}

class JobRounds<Report, At> implements RunningJob<Report> {
  readonly #job: Job<Report, At>;
  readonly #cursor: JobCursor<At>;
  readonly #isOurs: boolean;
  readonly #onFailure: JobRunnerOptions['onFailure'];
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(
    job: Job<Report, At>,
    cursor: JobCursor<At>,
    isOurs: boolean,
    onFailure: JobRunnerOptions['onFailure'],
  ) {
    this.#job = job;
    this.#cursor = cursor;
    this.#isOurs = isOurs;
    this.#onFailure = onFailure;
  }

  run(): Promise<RoundReport<Report>> {
    const round = this.#last.then(() => this.#round());
    this.#last = round;
    return round;
  }

  /** Keeps no process alive. */
  schedule(): void {
    const { intervalMs, name } = this.#job;
    if (this.#isStopped || !this.#isOurs || intervalMs === 0) return;
    this.#timer = setTimeout(async () => {
      const { failures } = await this.run();
      for (const failure of failures) this.#onFailure(failure, name);
      this.schedule();
    }, intervalMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#last;
  }

  async #round(): Promise<RoundReport<Report>> {
    const failures: unknown[] = [];
    if (!this.#isOurs || this.#isStopped) return { failures };
    const failed = (error: unknown): void => {
      if (!(error instanceof RoundStoppedError)) failures.push(error);
    };
    const pause = (): Promise<void> => this.#pause();
    try {
      const at = await this.#cursor.read();
      const { report, next } = await this.#job.round({ at, failed, pause });
      await this.#cursor.move(next);
      return { report, failures };
    } catch (error) {
      failed(error);
      return { failures };
    }
  }

  async #pause(): Promise<void> {
    await setImmediate();
    if (this.#isStopped) throw new RoundStoppedError();
  }
}
