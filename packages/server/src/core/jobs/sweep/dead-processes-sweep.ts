// The sweep of blobs that dead processes left between bytes and commit. A dead process is fenced first, so
// that it can name nothing any more; what a full look through the rows does not find waits a second grace
// and is looked for again before it is removed (durability reference §3.4).

import type { CoreContext } from '../../context/context.ts';
import { epochOf, heartbeatKey, heartbeatRange, processKey } from '../../keys/process-keys.ts';
import { blobCounter, blobIdOf, blobName } from '../../ports/blob-id.ts';
import type { Row } from '../../ports/metadata.ts';
import { pagesOf, readRow, readRows } from '../../ports/read-rows.ts';
import { decodeHeartbeat, encodeHeartbeat, type Heartbeat } from '../../records/process.ts';
import type { Done, Job, Pause, Round } from '../job.ts';
import { dropNamedBlobs } from './named-blobs.ts';

interface OtherProcess {
  readonly epoch: Buffer;
  readonly heartbeatRow: Row;
  readonly heartbeat: Heartbeat;
  readonly fenceRow: Row | null;
}

interface Trash {
  readonly since: number;
  readonly blobs: ReadonlySet<string>;
}

/** What is known of another process of the store. `unknown`: its heartbeat tells. */
export type Judgement = 'alive' | 'dead' | 'unknown';
export type Judge = (epoch: Buffer) => Judgement;

const rowsAtOnce = 1000;
/** Looking whether ended processes still have blobs costs a directory each and is not urgent. */
const roundsBetweenForgetting = 360;

/** The blobs know more than the metadata does: nothing may be deleted on its word. */
export class MetadataTooOldError extends Error {
  override readonly name = 'MetadataTooOldError';

  constructor(epoch: Buffer) {
    super(
      `There are blobs of process ${epoch.toString('hex')}, which the metadata does not know. ` +
        'It is older than the blobs, or not theirs; orphaned blobs are not removed.',
    );
  }
}

/**
 * Reports how many blobs were removed; `failed` hears of those that have to wait, and of processes whose turn
 * failed. What a round hands on is how many rounds there were; throws MetadataTooOldError, and removes nothing.
 */
export class DeadProcessesSweep implements Job<number, number> {
  readonly name = 'sweep-dead-processes';
  readonly runsOn = 'one-node';
  readonly intervalMs: number;
  readonly #core: CoreContext;
  readonly #judge: Judge;
  /** Stamps of other processes' heartbeats and since when they are unchanged. */
  readonly #pulses = new Map<string, { stamp: bigint; since: number }>();
  readonly #trash = new Map<string, Trash>();

  constructor(core: CoreContext, judge: Judge, intervalMs: number) {
    this.#core = core;
    this.#judge = judge;
    this.intervalMs = intervalMs;
  }

  async round(round: Round<number>): Promise<Done<number, number>> {
    const { at: rounds = 0, failed, pause } = round;
    const others = await this.#readOthers(pause);
    await this.#refuseOldMetadata(others);
    const isTimeToForget = rounds % roundsBetweenForgetting === 0;
    let removed = 0;
    for (const other of others) {
      await pause();
      try {
        if (other.heartbeat.isSettled) {
          if (isTimeToForget) await this.#forget(other);
        } else if (await this.#fence(other)) {
          removed += await this.#sweepDead(other, round);
        }
      } catch (error) {
        failed(error);
      }
    }
    return { report: removed, next: rounds + 1 };
  }

  /** For a process that is known to be dead: what it may have left on its way is no longer accepted. */
  async fence(epoch: Buffer): Promise<void> {
    const key = processKey(epoch);
    const row = await readRow(this.#core.metadata, key);
    if (row == null) return;
    await this.#core.metadata.commit({ check: [{ key, stamp: row.stamp }], del: [key] });
  }

  async #readOthers(pause: Pause): Promise<OtherProcess[]> {
    const own = this.#core.lease.epoch;
    const others: OtherProcess[] = [];
    const range = { ...heartbeatRange, limit: rowsAtOnce };
    for await (const rows of pagesOf(this.#core.metadata, range, pause)) {
      const keys = rows.map((row) => processKey(epochOf(row.key)));
      const fences = await readRows(this.#core.metadata, keys);
      for (const [index, heartbeatRow] of rows.entries()) {
        const epoch = epochOf(heartbeatRow.key);
        const heartbeat = decodeHeartbeat(heartbeatRow.value);
        const fenceRow = fences[index] ?? null;
        if (!epoch.equals(own)) others.push({ epoch, heartbeatRow, heartbeat, fenceRow });
      }
    }
    return others;
  }

  /** A process commits its heartbeat before its first blob, and the row stays while it has any. */
  async #refuseOldMetadata(others: readonly OtherProcess[]): Promise<void> {
    const known = new Set(others.map(({ epoch }) => epoch.toString('hex')));
    known.add(this.#core.lease.epoch.toString('hex'));
    for (const epoch of await this.#core.blobs.epochs()) {
      // A process that died before its first blob may leave an empty place for them.
      if (known.has(epoch.toString('hex')) || !(await this.#hasBlobs(epoch))) continue;
      // It may have begun after the heartbeats were read.
      const row = await readRow(this.#core.metadata, heartbeatKey(epoch));
      if (row == null) throw new MetadataTooOldError(epoch);
    }
  }

  /** True when that process can commit nothing any more. */
  async #fence({ epoch, heartbeatRow, fenceRow }: OtherProcess): Promise<boolean> {
    if (fenceRow === null) return true;
    const judgement = this.#judge(epoch);
    if (judgement === 'alive') return false;
    if (judgement === 'unknown' && !this.#isSilent(epoch, heartbeatRow.stamp)) return false;
    const outcome = await this.#core.metadata.commit({
      check: [
        { key: fenceRow.key, stamp: fenceRow.stamp },
        { key: heartbeatRow.key, stamp: heartbeatRow.stamp },
      ],
      del: [fenceRow.key],
    });
    return outcome.ok;
  }

  /** Judged by our own monotonic clock alone: clocks of two machines need not agree. */
  #isSilent(epoch: Buffer, stamp: bigint): boolean {
    const name = epoch.toString('hex');
    const now = this.#core.clock.monotonic();
    const pulse = this.#pulses.get(name);
    if (pulse?.stamp === stamp) return now - pulse.since >= this.#core.settings.leaseMs;
    this.#pulses.set(name, { stamp, since: now });
    return false;
  }

  async #sweepDead(other: OtherProcess, round: Round<number>): Promise<number> {
    const name = other.epoch.toString('hex');
    const now = this.#core.clock.monotonic();
    const trash = this.#trash.get(name);
    if (trash === undefined) {
      const blobs = await this.#candidates(other);
      await dropNamedBlobs(this.#core, blobs, round.pause);
      if (blobs.size === 0) await this.#settle(other);
      else this.#trash.set(name, { since: now, blobs });
      return 0;
    }
    if (now - trash.since < this.#core.settings.graceMs) return 0;
    const blobs = new Set(trash.blobs);
    await dropNamedBlobs(this.#core, blobs, round.pause);
    const left = await this.#remove(blobs, round);
    this.#trash.set(name, { since: trash.since, blobs: left });
    // What was removed counts, whatever becomes of this; a later round tries it again.
    if (left.size === 0) await this.#settle(other).catch(round.failed);
    return blobs.size - left.size;
  }

  /** Blobs below the bound were decided while their process lived. */
  async #candidates({ epoch, heartbeat }: OtherProcess): Promise<Set<string>> {
    const blobs = new Set<string>();
    for await (const id of this.#core.blobs.list(epoch)) {
      if (blobCounter(id) >= heartbeat.settledBelow) blobs.add(blobName(id));
    }
    return blobs;
  }

  /** Answers those that could not be removed. */
  async #remove(
    blobs: ReadonlySet<string>,
    { failed, pause }: Round<number>,
  ): Promise<Set<string>> {
    const left = new Set<string>();
    for (const name of blobs) {
      await pause();
      try {
        await this.#core.blobs.remove(blobIdOf(name));
      } catch (error) {
        left.add(name);
        failed(error);
      }
    }
    return left;
  }

  async #settle({ epoch, heartbeat, heartbeatRow }: OtherProcess): Promise<void> {
    await this.#core.metadata.commit({
      check: [{ key: heartbeatRow.key, stamp: heartbeatRow.stamp }],
      set: [{ key: heartbeatRow.key, value: encodeHeartbeat({ ...heartbeat, isSettled: true }) }],
    });
    this.#trash.delete(epoch.toString('hex'));
  }

  /** The row says that the metadata knows the epoch; without files nobody asks. */
  async #forget({ epoch, heartbeatRow }: OtherProcess): Promise<void> {
    this.#pulses.delete(epoch.toString('hex'));
    if (await this.#hasBlobs(epoch)) return;
    await this.#core.metadata.commit({
      check: [{ key: heartbeatRow.key, stamp: heartbeatRow.stamp }],
      del: [heartbeatRow.key],
    });
  }

  async #hasBlobs(epoch: Buffer): Promise<boolean> {
    for await (const _blob of this.#core.blobs.list(epoch)) return true;
    return false;
  }
}
