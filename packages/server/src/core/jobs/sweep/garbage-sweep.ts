// The sweep of what commits freed (G). Each step can be done twice: grace observed by this process,
// {still queued, mark dead}, unlink, {still queued, take out}. Steps: docs/formats/metadata.md.
import type { CoreContext } from '../../context/context.ts';
import { garbageRange, inlineBodyKey } from '../../keys/body-keys.ts';
import { prefixEnd, tagged } from '../../keys/bytes.ts';
import { bucketRange } from '../../keys/configuration-keys.ts';
import { tag } from '../../keys/tags.ts';
import type { Row } from '../../ports/metadata.ts';
import { pagesOf, readRange } from '../../ports/read-rows.ts';
import type { Body } from '../../records/body.ts';
import { decodeGarbage, encodeGarbage, type Garbage } from '../../records/garbage.ts';
import type { Done, Job, Pause, Round } from '../job.ts';

/** Entries watched at once; the rest of a longer queue waits its turn. */
const watchedMax = 100_000;
const rowsAtOnce = 1000;

/** Since when this process knows each entry, on the monotonic clock (durability contract D12). */
type KnownSince = ReadonlyMap<string, number>;

/** Reports how many entries are done with; `failed` hears of those that have to wait. */
export class GarbageSweep implements Job<number, KnownSince> {
  readonly name = 'sweep-garbage';
  readonly runsOn = 'one-node';
  readonly intervalMs: number;
  readonly #core: CoreContext;

  constructor(core: CoreContext, intervalMs: number) {
    this.#core = core;
    this.intervalMs = intervalMs;
  }

  async round({ at: known, failed, pause }: Round<KnownSince>): Promise<Done<number, KnownSince>> {
    const now = this.#core.clock.monotonic();
    const next = new Map<string, number>();
    let done = 0;
    for await (const row of this.#queue(pause)) {
      const name = row.key.toString('latin1');
      const since = known?.get(name) ?? now;
      const garbage = decodeGarbage(row.value);
      const isDue = garbage.isDead || now - since >= this.#core.settings.graceMs;
      next.set(name, since);
      if (!isDue) continue;
      try {
        if (!(await this.#sweep(row, garbage))) continue;
        next.delete(name);
        done += 1;
      } catch (error) {
        failed(error);
      }
    }
    return { report: done, next };
  }

  async *#queue(pause: Pause): AsyncGenerator<Row> {
    const range = { ...garbageRange, limit: rowsAtOnce };
    let count = 0;
    for await (const rows of pagesOf(this.#core.metadata, range, pause)) {
      yield* rows;
      count += rows.length;
      if (count >= watchedMax) return;
    }
  }

  #sweep(row: Row, garbage: Garbage): Promise<boolean> {
    if (garbage.kind === 'bucket') return this.#sweepBucket(row, garbage.bucketId);
    return this.#sweepBody(row, garbage.body, garbage.isDead);
  }

  async #sweepBody(row: Row, body: Body, isDead: boolean): Promise<boolean> {
    if (body.kind === 'none') return this.#takeOut(row, []);
    // Extents in pages come with multipart; until then an entry that has them must stay.
    if (body.kind === 'paged') return false;
    const { extent } = body;
    const { blobs, metadata, pins } = this.#core;
    if (pins.isPinned(extent.id)) return false;
    let queued = row;
    if (!isDead) {
      const holders = tagged(tag.holderByHome, body.bodyId);
      const value = encodeGarbage({ kind: 'body', isDead: true, body });
      const outcome = await metadata.commit({
        check: [{ key: row.key, stamp: row.stamp }],
        // A copy that still uses the bytes keeps them.
        empty: [{ from: holders, to: prefixEnd(holders) }],
        set: [{ key: row.key, value }],
      });
      if (!outcome.ok) return false;
      queued = { key: row.key, stamp: outcome.stamp, value };
      // A reader that came in between keeps the bytes until it is through.
      if (pins.isPinned(extent.id)) return false;
    }
    if (extent.storage === 'inline') return this.#takeOut(queued, [inlineBodyKey(extent.id)]);
    await blobs.remove(extent.id);
    return this.#takeOut(queued, []);
  }

  /** Documents beyond the thousand that went with the bucket. No other comes: who writes one checks the guard. */
  async #sweepBucket(row: Row, bucketId: Buffer): Promise<boolean> {
    const range = { ...bucketRange(tag.bucketDocument, bucketId), limit: rowsAtOnce };
    for (;;) {
      const rows = await readRange(this.#core.metadata, range);
      const rest = rows.map((left) => left.key);
      if (rest.length < rowsAtOnce) return this.#takeOut(row, rest);
      await this.#core.metadata.commit({ del: rest });
    }
  }

  async #takeOut(row: Row, also: readonly Buffer[]): Promise<boolean> {
    const outcome = await this.#core.metadata.commit({
      check: [{ key: row.key, stamp: row.stamp }],
      del: [row.key, ...also],
    });
    return outcome.ok;
  }
}
