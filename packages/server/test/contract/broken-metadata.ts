// Engines that break one promise each, made of the memory engine and one wrong step.
import type { Eventually } from '../../src/core/ports/eventually.ts';
import type {
  Commit,
  Key,
  Metadata,
  Outcome,
  Query,
  Row,
  View,
} from '../../src/core/ports/metadata.ts';
import { MetadataLimitError, metadataLimits } from '../../src/core/ports/metadata.ts';
import { readRows } from '../../src/core/ports/read-rows.ts';
import { checkQuery } from '../../src/engines/check-limits.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';

/** Stamps are no JSON. */
function nameOf(query: Query): string {
  return JSON.stringify(query, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}

/** Passes everything on; a mutant overrides what it breaks. */
class Wrapped implements Metadata {
  readonly inner: Metadata = new MemoryMetadata();

  get inlineBytesMax(): number {
    return this.inner.inlineBytesMax;
  }

  read(query: Query): Eventually<View> {
    return this.inner.read(query);
  }

  counters(key: Key): Promise<readonly bigint[]> {
    return this.inner.counters(key);
  }

  commit(commit: Commit): Promise<Outcome> {
    return this.inner.commit(commit);
  }

  commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    return this.inner.commitMany(commits);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** Changes every commit, alone or among others. */
abstract class ChangedCommits extends Wrapped {
  abstract change(commit: Commit): Commit;

  override commit(commit: Commit): Promise<Outcome> {
    return super.commit(this.change(commit));
  }

  override commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    return super.commitMany(commits.map((commit) => this.change(commit)));
  }
}

export class ChecksSkipped extends ChangedCommits {
  change(commit: Commit): Commit {
    return { ...commit, check: [] };
  }
}

export class AbsenceNotChecked extends ChangedCommits {
  change(commit: Commit): Commit {
    return { ...commit, check: (commit.check ?? []).filter(({ stamp }) => stamp !== null) };
  }
}

export class EmptySkipped extends ChangedCommits {
  change(commit: Commit): Commit {
    return { ...commit, empty: [] };
  }
}

export class DeletionForgotten extends ChangedCommits {
  change(commit: Commit): Commit {
    return { ...commit, del: (commit.del ?? []).slice(1) };
  }
}

/** As LMDB reads when its shared read transaction is kept until a timer renews it. */
export class StaleView extends Wrapped {
  readonly #views = new Map<string, Eventually<View>>();

  override read(query: Query): Eventually<View> {
    const name = nameOf(query);
    const known = this.#views.get(name);
    if (known !== undefined) return known;
    const view = super.read(query);
    this.#views.set(name, view);
    setTimeout(() => this.#views.delete(name), 0);
    return view;
  }
}

export class UnchangedUntilDeleted extends Wrapped {
  override async read(query: Query): Promise<View> {
    const view = await super.read(query);
    const rows = view.rows.map((found, at) =>
      found !== null && query.keys?.[at]?.known !== undefined ? 'unchanged' : found,
    );
    return { ...view, rows };
  }
}

export class ThrowsAtOnce extends Wrapped {
  override read(query: Query): Eventually<View> {
    checkQuery(query);
    return super.read(query);
  }
}

export class NothingKnown extends Wrapped {
  /** Copies what need not be copied. */
  override read(query: Query): Eventually<View> {
    return super.read({ ...query, keys: (query.keys ?? []).map(({ key }) => ({ key })) });
  }
}

export class KnownToAll extends Wrapped {
  /** Takes what is known of one row for known of all. */
  override read(query: Query): Eventually<View> {
    const known = query.keys?.find((wanted) => wanted.known !== undefined)?.known;
    return super.read({ ...query, keys: (query.keys ?? []).map(({ key }) => ({ key, known })) });
  }
}

export class TornView extends Wrapped {
  override async read({ keys = [], ranges = [] }: Query): Promise<View> {
    const { rows } = await super.read({ keys });
    await new Promise((resolve) => setImmediate(resolve));
    return { rows, ranges: (await super.read({ ranges })).ranges };
  }
}

export class AcknowledgedTooEarly extends Wrapped {
  override async commit(commit: Commit): Promise<Outcome> {
    if ((commit.check ?? []).length > 0) return super.commit(commit);
    setImmediate(() => void super.commit(commit).catch(() => undefined));
    return { ok: true, stamp: 1n };
  }
}

export class ReadsBeforeTheTurn extends Wrapped {
  /** Checks against what was there when the call began, not when its turn came. */
  override async commit(commit: Commit): Promise<Outcome> {
    const keys = (commit.check ?? []).map(({ key }) => key);
    const rows = await readRows(this.inner, keys);
    await new Promise((resolve) => setImmediate(resolve));
    for (const [index, { key, stamp }] of (commit.check ?? []).entries()) {
      const row = rows[index] ?? null;
      if ((row?.stamp ?? null) !== stamp) return { ok: false, conflict: key, row };
    }
    return super.commit({ ...commit, check: [] });
  }
}

export class HalfDone extends Wrapped {
  override async commit(commit: Commit): Promise<Outcome> {
    const outcome = await super.commit(commit);
    if (!outcome.ok) await super.commit({ add: commit.add ?? [] });
    return outcome;
  }
}

export class ManyStopsAtConflict extends Wrapped {
  override async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const commit of commits) {
      const last = outcomes.at(-1);
      outcomes.push(last?.ok === false ? last : await super.commit(commit));
    }
    return outcomes;
  }
}

export class ManyBlind extends Wrapped {
  /** All checks first, then all writes: later ones do not see earlier ones. */
  override async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    const checked = await super.commitMany(
      commits.map(({ check = [], empty = [] }) => ({ check, empty })),
    );
    const rest = commits.map((commit) => ({ ...commit, check: [], empty: [] }));
    const outcomes: Outcome[] = [];
    for (const [index, commit] of rest.entries()) {
      const verdict = checked[index];
      outcomes.push(verdict?.ok === true ? await super.commit(commit) : (verdict as Outcome));
    }
    return outcomes;
  }
}

export class ManyBestEffort extends Wrapped {
  /** Checks limits one by one, so that those before the wrong one are done already. */
  override async commitMany(commits: readonly Commit[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const commit of commits) outcomes.push(await super.commit(commit));
    return outcomes;
  }
}

export class OrderOfStrings extends Wrapped {
  override async read(query: Query): Promise<View> {
    const view = await super.read(query);
    const text = (row: Row): string => row.key.toString();
    const ranges = view.ranges.map((rows, index) => {
      const sorted = [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
      return query.ranges?.[index]?.reverse === true ? sorted.reverse() : sorted;
    });
    return { rows: view.rows, ranges };
  }
}

export class BackwardsBoundsSwapped extends Wrapped {
  override read(query: Query): Eventually<View> {
    const next = (key: Key): Key =>
      key.length === metadataLimits.keyBytesMax ? key : Buffer.concat([key, Buffer.of(0)]);
    const ranges = (query.ranges ?? []).map((range) =>
      range.reverse === true && Buffer.compare(range.from, range.to) < 0
        ? { ...range, from: next(range.from), to: next(range.to) }
        : range,
    );
    return super.read({ ...query, ranges });
  }
}

export class BackwardsLimitOfForwards extends Wrapped {
  override async read(query: Query): Promise<View> {
    const forwards = (query.ranges ?? []).map((range) => ({ ...range, reverse: false }));
    const view = await super.read({ ...query, ranges: forwards });
    const ranges = view.ranges.map((rows, index) =>
      query.ranges?.[index]?.reverse === true ? [...rows].reverse() : rows,
    );
    return { rows: view.rows, ranges };
  }
}

export class SharedBuffers extends Wrapped {
  readonly #rows = new Map<string, Row>();

  override async read(query: Query): Promise<View> {
    const { rows, ranges } = await super.read(query);
    return {
      rows: rows.map((row) => (row === null || row === 'unchanged' ? row : this.#shared(row))),
      ranges: ranges.map((range) => range.map((row) => this.#shared(row))),
    };
  }

  #shared(row: Row): Row {
    const name = `${row.key.toString('hex')} ${row.stamp}`;
    const known = this.#rows.get(name) ?? row;
    this.#rows.set(name, known);
    return known;
  }
}

export class ConflictWithoutRow extends Wrapped {
  override async commit(commit: Commit): Promise<Outcome> {
    const outcome = await super.commit(commit);
    return outcome.ok ? outcome : { ...outcome, row: null };
  }
}

export class CountersOverwrite extends Wrapped {
  /** Reads, adds and writes in three steps, so that additions at once are lost. */
  override async commit(commit: Commit): Promise<Outcome> {
    const seen = await Promise.all((commit.add ?? []).map(({ key }) => super.counters(key)));
    await new Promise((resolve) => setImmediate(resolve));
    const add = await Promise.all(
      (commit.add ?? []).map(async ({ key, deltas }, index) => {
        const now = await super.counters(key);
        const undo = (at: number): bigint => (seen[index]?.[at] ?? 0n) - (now[at] ?? 0n);
        return { key, deltas: deltas.map((delta, at) => delta + undo(at)) };
      }),
    );
    return super.commit({ ...commit, add });
  }
}

/** The stamp says only what the row holds, so a row that came back looks unchanged. */
export class StampsOfContent extends Wrapped {
  override async commit(commit: Commit): Promise<Outcome> {
    const outcome = await super.commit(commit);
    if (!outcome.ok) return outcome;
    const content = (commit.set ?? []).map(({ value }) => value.toString('hex')).join();
    return { ok: true, stamp: BigInt(`0x0${content.slice(0, 64).replace(/,/g, '')}`) };
  }
}

export class LongCommitsSplit extends Wrapped {
  override async commit(commit: Commit): Promise<Outcome> {
    const { set = [] } = commit;
    try {
      return await super.commit(commit);
    } catch (error) {
      if (!(error instanceof MetadataLimitError) || set.length < 2) throw error;
      const half = Math.ceil(set.length / 2);
      await this.commit({ ...commit, set: set.slice(0, half) });
      return this.commit({ ...commit, set: set.slice(half) });
    }
  }
}
