// DeleteObject: without a version id the object goes, or a delete marker comes; with one that
// version goes for good. A key or version that is not there is no error. Rules: operations
// reference §3.8 and §4.2.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import type { Plan } from '../context/transact.ts';
import { noBody } from '../records/body.ts';
import { emptyTail, encodeVersion, type VersionHead } from '../records/version-row.ts';
import { type KeyState, readKeyState } from '../versions/key-state.ts';
import { objectKeyBytes } from '../versions/object-key.ts';
import { type Place, planNewVersion } from '../versions/plan-new-version.ts';
import { planRemoveVersion } from '../versions/plan-remove-version.ts';
import { VersionChange } from '../versions/version-change.ts';
import { parseVersionId, versionIdOf } from '../versions/version-id.ts';
import { entityOf } from './put-object.ts';

export interface DeleteResult {
  /** Of the version removed, or of the delete marker made. */
  readonly versionId?: string | undefined;
  /** A delete marker was made, or the version removed was one. */
  readonly isDeleteMarker: boolean;
}

const nothingSaid: DeleteResult = { isDeleteMarker: false };

export async function deleteObject(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Promise<DeleteResult> {
  const bytes = objectKeyBytes(key);
  const ref = versionId === undefined ? undefined : parseVersionId(versionId);
  return core.transactor.run(entityOf(bucket, key), async () => {
    const state = await readKeyState(core, bucket, bytes);
    if (ref === undefined) {
      if (state.versioning === 'never') return planPlainDelete(core, bucket, bytes, state);
      return planMarker(core, bucket, bytes, state);
    }
    const planned = await planRemoveVersion(core, bucket, bytes, state, ref);
    if (planned === undefined) return { answer: { versionId, isDeleteMarker: false } };
    const isDeleteMarker = planned.removed.head.kind === 'DeleteMarker';
    return { commit: planned.change.commit(), answer: () => ({ versionId, isDeleteMarker }) };
  });
}

function planPlainDelete(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  state: KeyState,
): Plan<DeleteResult> {
  if (state.latest === undefined) return { answer: nothingSaid };
  const change = new VersionChange(core, bucket, key, state);
  change.del(state.latest.row.key);
  change.removed(state.latest);
  return { commit: change.commit(), answer: () => nothingSaid };
}

/** Also when the key is missing or its latest is a marker: every such delete is a version. */
async function planMarker(
  core: CoreContext,
  bucket: Bucket,
  key: Buffer,
  state: KeyState,
): Promise<Plan<DeleteResult>> {
  const mtimeMs = core.clock.now();
  const { change, made } = await planNewVersion(core, bucket, key, state, (place) => {
    const head = markerHead(place, mtimeMs);
    return { head, value: encodeVersion(head, noBody, emptyTail) };
  });
  const versionId = versionIdOf(made.head);
  return { commit: change.commit(), answer: () => ({ versionId, isDeleteMarker: true }) };
}

function markerHead(place: Place, mtimeMs: number): VersionHead {
  return {
    ...place,
    kind: 'DeleteMarker',
    etagIsMd5: false,
    mtimeMs,
    size: 0,
    crc64: 0n,
    etag: Buffer.alloc(16),
    partCount: 0,
    storageClass: 'Standard',
    acl: 'default',
  };
}
