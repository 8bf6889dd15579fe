// This process's lease: Y, the fence that all its object commits check, and y, renewed while it
// lives. It also knows which blobs of its own are still undecided, so that a later sweep looks at
// those only (docs/formats/metadata.md).
import { heartbeatKey, processKey } from '../keys/process-keys.ts';
import { type BlobId, blobCounter, blobName } from '../ports/blob-id.ts';
import type { Blobs, BlobWriter } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Commit, Metadata, Stamp } from '../ports/metadata.ts';
import { encodeHeartbeat, encodeProcess } from '../records/process.ts';
import type { CommitSubject } from './commit-subject.ts';

/** A blob of this process that a commit may or may not have named. */
export interface LeftBlob {
  readonly id: BlobId;
  readonly subject: CommitSubject;
  /** Monotonic. */
  readonly sinceMs: number;
}

export class ProcessLease {
  readonly epoch: Buffer;
  readonly fence: Buffer;
  readonly #metadata: Metadata;
  readonly #clock: Clock;
  #stamp: Stamp | undefined;
  /** Counters of blobs that no commit decided yet. */
  readonly #undecided = new Set<number>();
  /** Lower bounds of the counters that creations under way may get. */
  readonly #creating = new Map<symbol, number>();
  /** Blobs that may or may not be named, by name; the sweep finds out. */
  readonly #leftToSweep = new Map<string, LeftBlob>();
  #nextCounter = 0;
  #renewedBound = 0;
  #isLost = false;

  constructor(metadata: Metadata, clock: Clock, epoch: Buffer) {
    this.#metadata = metadata;
    this.#clock = clock;
    this.epoch = epoch;
    this.fence = processKey(epoch);
  }

  /** Durable before the first byte of this process is written. */
  async begin(): Promise<void> {
    const now = this.#clock.now();
    const outcome = await this.#metadata.commit({
      check: [
        { key: this.fence, stamp: null },
        { key: heartbeatKey(this.epoch), stamp: null },
      ],
      set: [
        { key: this.fence, value: encodeProcess(now) },
        { key: heartbeatKey(this.epoch), value: this.#heartbeat(false) },
      ],
    });
    if (!outcome.ok) throw new Error('This process epoch was used before; draw another one.');
    this.#stamp = outcome.stamp;
  }

  /** What every object commit of this process checks. */
  get check(): NonNullable<Commit['check']>[number] {
    if (this.#stamp === undefined) throw new Error('the lease has not begun');
    return { key: this.fence, stamp: this.#stamp };
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  markLost(): void {
    this.#isLost = true;
  }

  async createBlob(blobs: Blobs): Promise<BlobWriter> {
    const creation = Symbol('creation');
    this.#creating.set(creation, this.#nextCounter);
    try {
      const writer = await blobs.create();
      const counter = blobCounter(writer.id);
      this.#undecided.add(counter);
      this.#nextCounter = Math.max(this.#nextCounter, counter + 1);
      return writer;
    } finally {
      this.#creating.delete(creation);
    }
  }

  /** The blob is named by a durable commit, or gone. */
  decided(id: BlobId): void {
    this.#undecided.delete(blobCounter(id));
    this.#leftToSweep.delete(blobName(id));
  }

  /** Nobody waits for the commit any more, and how it ended is not known. */
  leaveToSweep(id: BlobId, subject: CommitSubject, monotonicMs: number): void {
    this.#leftToSweep.set(blobName(id), { id, subject, sinceMs: monotonicMs });
  }

  /** Own blobs left to the sweep at that moment or before. */
  leftBefore(monotonicMs: number): LeftBlob[] {
    return [...this.#leftToSweep.values()].filter(({ sinceMs }) => sinceMs <= monotonicMs);
  }

  get hasUndecided(): boolean {
    return this.#undecided.size > 0 || this.#creating.size > 0;
  }

  /** Renews the heartbeat. A heartbeat after the fence fell would hide that a sweep is due. */
  async renew(): Promise<void> {
    if (this.#isLost) return;
    const bound = this.settledBelow;
    const outcome = await this.#metadata.commit({
      check: [this.check],
      set: [{ key: heartbeatKey(this.epoch), value: this.#heartbeat(false) }],
    });
    if (!outcome.ok) this.#isLost = true;
    else this.#renewedBound = bound;
  }

  /** Where nobody watches the pulse only a new bound is worth a write: an idle disk may sleep. */
  get hasMoved(): boolean {
    return this.settledBelow !== this.#renewedBound;
  }

  /** Ends the lease. With blobs undecided the heartbeat stays as it is, and a sweep is due. */
  async end(): Promise<void> {
    if (this.#isLost) return;
    const isSettled = !this.hasUndecided;
    await this.#metadata.commit({
      check: [this.check],
      set: [{ key: heartbeatKey(this.epoch), value: this.#heartbeat(isSettled) }],
      del: [this.fence],
    });
    this.#isLost = true;
  }

  get settledBelow(): number {
    let bound = this.#nextCounter;
    for (const counter of this.#undecided) bound = Math.min(bound, counter);
    for (const counter of this.#creating.values()) bound = Math.min(bound, counter);
    return bound;
  }

  #heartbeat(isSettled: boolean): Buffer {
    return encodeHeartbeat({
      renewedMs: this.#clock.now(),
      settledBelow: this.settledBelow,
      isSettled,
    });
  }
}
