// A new latest version of a key, object or delete marker, in each state of versioning: what becomes
// of the version that was latest, and of the `null` version. Rules: operations reference §3.8; the
// rows each state commits: docs/formats/metadata.md.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import {
  isNullVersion,
  nullRandom,
  type VersionHead,
  versionRandomBytes,
} from '../records/version-row.ts';
import { type KeyState, readOlder } from './key-state.ts';
import type { Version } from './version.ts';
import { VersionChange } from './version-change.ts';

/** The fields of a head that its place in the key's history decides. */
export type Place = Pick<VersionHead, 'seq' | 'nullSeq' | 'random'>;

export interface NewVersion {
  readonly head: VersionHead;
  readonly value: Buffer;
}

/** The change that makes `make(place)` the latest version; rows of its body are the caller's. */
export async function planNewVersion(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  state: KeyState,
  make: (place: Place) => NewVersion,
): Promise<{ change: VersionChange; made: NewVersion }> {
  const change = new VersionChange(core, bucket, key, state);
  const made = make(placeFor(core, state));
  const { latest } = state;
  change.setLatest(made.head, made.value);
  change.created(made.head);
  if (latest === undefined) return { change, made };
  const replaces = state.versioning !== 'enabled' && isNullVersion(latest.head);
  if (replaces) change.removed(latest);
  else change.archive(latest);
  if (!change.headKey(made.head).equals(latest.row.key)) change.del(latest.row.key);
  if (state.versioning === 'suspended') await dropOldNull(core, bucket, key, latest, change);
  return { change, made };
}

function placeFor(core: CoreContext, { versioning, latest }: KeyState): Place {
  const seq = (latest?.head.seq ?? 0) + 1;
  if (versioning !== 'enabled') return { seq, nullSeq: seq, random: nullRandom };
  const nullSeq = latest?.head.nullSeq ?? 0;
  return { seq, nullSeq, random: core.random.bytes(versionRandomBytes) };
}

/** While versioning is suspended every write is the `null` version, and there is one at most. */
async function dropOldNull(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  latest: Version,
  change: VersionChange,
): Promise<void> {
  const { nullSeq, seq } = latest.head;
  if (nullSeq === 0 || nullSeq === seq) return;
  const old = await readOlder(core, bucket, key, nullSeq);
  // Absent: the head changed since it was read, and the commit will say so.
  if (old === undefined) return;
  change.check(old);
  change.del(old.row.key);
  change.removed(old);
}
