// Counters of a bucket (S): one vector, changed by the same commit as what it counts. Columns of the
// vector are stored: append, never reorder.
import type { CoreContext } from '../context/context.ts';
import { countersKey } from '../keys/body-keys.ts';
import type { BucketId } from '../keys/configuration-keys.ts';
import type { Commit } from '../ports/metadata.ts';
import { type StorageClass, storageClasses } from '../records/model.ts';
import type { VersionHead } from '../records/version-row.ts';

export interface BucketStat {
  /** Bytes and versions by storage class; older versions count, delete markers do not. */
  readonly classes: Readonly<Record<StorageClass, { bytes: bigint; objects: bigint }>>;
  readonly uploads: bigint;
  readonly parts: bigint;
  readonly deleteMarkers: bigint;
}

/** Bytes and objects of each class, two columns each, then these. */
const columns = {
  uploads: 2 * storageClasses.length,
  parts: 2 * storageClasses.length + 1,
  deleteMarkers: 2 * storageClasses.length + 2,
} as const;
const columnCount = 2 * storageClasses.length + 3;

/** What one commit changes. */
export class CounterChange {
  readonly #deltas: bigint[] = new Array<bigint>(columnCount).fill(0n);

  version(head: VersionHead, sign: 1 | -1): void {
    if (head.kind === 'DeleteMarker') {
      this.#add(columns.deleteMarkers, BigInt(sign));
      return;
    }
    const column = 2 * storageClasses.indexOf(head.storageClass);
    this.#add(column, BigInt(sign * head.size));
    this.#add(column + 1, BigInt(sign));
  }

  /** The `add` of the commit. A random shard: writers of one bucket do not meet. */
  commit(core: CoreContext, bucketId: BucketId): NonNullable<Commit['add']> {
    if (this.#deltas.every((delta) => delta === 0n)) return [];
    const { counterShards } = core.settings;
    const shard = counterShards === 1 ? 0 : core.random.bytes(2).readUInt16BE() % counterShards;
    return [{ key: countersKey(bucketId, shard), deltas: this.#deltas }];
  }

  #add(column: number, delta: bigint): void {
    this.#deltas[column] = (this.#deltas[column] ?? 0n) + delta;
  }
}

export async function readBucketStat(core: CoreContext, bucketId: BucketId): Promise<BucketStat> {
  const sums = new Array<bigint>(columnCount).fill(0n);
  for (let shard = 0; shard < core.settings.counterShards; shard += 1) {
    const vector = await core.metadata.counters(countersKey(bucketId, shard));
    for (const [column, value] of vector.entries()) sums[column] = (sums[column] ?? 0n) + value;
  }
  const classes = storageClasses.map((name, index) => [
    name,
    { bytes: sums[2 * index] ?? 0n, objects: sums[2 * index + 1] ?? 0n },
  ]);
  return {
    classes: Object.fromEntries(classes) as BucketStat['classes'],
    uploads: sums[columns.uploads] ?? 0n,
    parts: sums[columns.parts] ?? 0n,
    deleteMarkers: sums[columns.deleteMarkers] ?? 0n,
  };
}
