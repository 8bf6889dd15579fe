// Removing one version by its id. When it was the latest, the newest of the others takes its place.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { versionsOfKey } from '../keys/version-keys.ts';
import { readRange } from '../ports/read-rows.ts';
import { isNullVersion, withNullSeq } from '../records/version-row.ts';
import { type KeyState, readOlder } from './key-state.ts';
import { type Version, versionOf } from './version.ts';
import { VersionChange } from './version-change.ts';
import { isVersion, type VersionRef } from './version-id.ts';

/** The change and the version it removes; undefined when there is no such version. */
export async function planRemoveVersion(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  state: KeyState,
  ref: VersionRef,
): Promise<{ change: VersionChange; removed: Version } | undefined> {
  const { latest } = state;
  if (latest === undefined) return undefined;
  const change = new VersionChange(core, bucket, key, state);
  if (isVersion(latest.head, ref)) {
    await removeLatest(core, bucket, key, latest, change);
    return { change, removed: latest };
  }
  const seq = ref.isNull ? latest.head.nullSeq : ref.seq;
  const older = seq === 0 ? undefined : await readOlder(core, bucket, key, seq);
  if (older === undefined || !isVersion(older.head, ref)) return undefined;
  change.check(older);
  change.del(older.row.key);
  change.removed(older);
  if (ref.isNull) change.set({ key: latest.row.key, value: withNullSeq(latest.row.value, 0) });
  return { change, removed: older };
}

async function removeLatest(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  latest: Version,
  change: VersionChange,
): Promise<void> {
  change.removed(latest);
  const range = { ...versionsOfKey(bucket.id, key), limit: 1 };
  const [newest] = await readRange(core.metadata, range);
  if (newest === undefined) {
    change.del(latest.row.key);
    return;
  }
  const next = versionOf(newest);
  const nullSeq = isNullVersion(latest.head) ? 0 : latest.head.nullSeq;
  change.check(next);
  change.del(newest.key);
  change.setLatest(next.head, withNullSeq(newest.value, nullSeq));
  if (!change.headKey(next.head).equals(latest.row.key)) change.del(latest.row.key);
}
