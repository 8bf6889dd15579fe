// The heartbeat: this process says that it lives, and below which of its blobs all is decided.
import type { ProcessLease } from '../context/process-lease.ts';
import type { Done, Job } from './job.ts';

export interface RenewLeaseOptions {
  readonly intervalMs: number;
  /** Other processes judge this one by its pulse. Where nobody does, only news are worth a write. */
  readonly isWatched: boolean;
  /** Another process declared this one dead. */
  readonly onLost: () => void;
}

export class RenewLease implements Job<void> {
  readonly name = 'renew-lease';
  readonly runsOn = 'each-process';
  readonly intervalMs: number;
  readonly #lease: ProcessLease;
  readonly #options: RenewLeaseOptions;

  constructor(lease: ProcessLease, options: RenewLeaseOptions) {
    this.intervalMs = options.intervalMs;
    this.#lease = lease;
    this.#options = options;
  }

  async round(): Promise<Done<void, undefined>> {
    if (this.#options.isWatched || this.#lease.hasMoved) await this.renew();
    return { report: undefined };
  }

  /** Whether or not there is news. */
  async renew(): Promise<void> {
    if (this.#lease.isLost) return;
    await this.#lease.renew();
    if (this.#lease.isLost) this.#options.onLost();
  }
}
