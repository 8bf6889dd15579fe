// A bucket as the rest of the server sees it, put together from its guard and its documents.
import type { BucketId } from '../keys/configuration-keys.ts';
import { bucketDocumentKey, bucketGuardKey, configurationKey } from '../keys/configuration-keys.ts';
import type { BucketAcl, DataRedundancyType, Owner, StorageClass, Versioning } from '../model.ts';
import type { Metadata, Row, Stamp } from '../ports/metadata.ts';
import { decodeBucketDocument } from '../records/bucket-document.ts';
import { decodeBucketFence, decodeBucketGuard } from '../records/bucket-guard.ts';

export interface Bucket {
  readonly name: string;
  readonly id: BucketId;
  readonly owner: Owner;
  readonly region: string;
  readonly createdMs: number;
  readonly versioning: Versioning;
  readonly storageClass: StorageClass;
  readonly dataRedundancyType: DataRedundancyType;
  readonly acl: BucketAcl;
  /** Public ACLs count as absent. */
  readonly blockPublicAccess: boolean;
  readonly guardStamp: Stamp;
}

const documents = ['info', 'acl', 'publicAccessBlock'] as const;
const triesMax = 8;

export function documentKeys(id: BucketId): Buffer[] {
  return documents.map((document) => bucketDocumentKey(id, document));
}

/** `rows` are the guard and the documents in the order of `documentKeys`. */
export function assembleBucket(
  name: string,
  guardRow: Row,
  rows: readonly (Row | null | undefined)[],
  blockPublicAccess: boolean,
): Bucket | undefined {
  const guard = decodeBucketGuard(guardRow.value);
  const [infoRow, aclRow, blockRow] = rows;
  if (infoRow == null || aclRow == null) return undefined;
  const info = decodeBucketDocument('info', infoRow.value);
  return {
    name,
    id: guard.bucketId,
    owner: guard.owner,
    region: guard.region,
    createdMs: info.createdMs,
    versioning: guard.versioning,
    storageClass: info.storageClass,
    dataRedundancyType: info.dataRedundancyType,
    acl: decodeBucketDocument('acl', aclRow.value).acl,
    blockPublicAccess:
      blockRow == null
        ? blockPublicAccess
        : decodeBucketDocument('publicAccessBlock', blockRow.value).enabled,
    guardStamp: guardRow.stamp,
  };
}

/**
 * Reads a bucket and the configuration epoch it was read under. The documents' keys hold the id
 * that only the guard knows, so the guard is read again with them: a bucket that was deleted and
 * created in between is not mixed with its predecessor.
 */
export async function loadBucket(
  metadata: Metadata,
  name: string,
  blockPublicAccess: boolean,
): Promise<{ epoch: Stamp | null; parsed: Bucket | undefined }> {
  const guardKey = bucketGuardKey(name);
  let view = await metadata.read({ keys: [configurationKey, guardKey] });
  for (let tries = 0; tries < triesMax; tries += 1) {
    const guardRow = view.rows[1];
    if (guardRow == null) return { epoch: view.rows[0]?.stamp ?? null, parsed: undefined };
    const { bucketId } = decodeBucketFence(guardRow.value);
    view = await metadata.read({ keys: [configurationKey, guardKey, ...documentKeys(bucketId)] });
    const again = view.rows[1];
    if (again != null && decodeBucketFence(again.value).bucketId.equals(bucketId)) {
      const parsed = assembleBucket(name, again, view.rows.slice(2), blockPublicAccess);
      return { epoch: view.rows[0]?.stamp ?? null, parsed };
    }
  }
  throw new Error(`bucket ${name} is created and deleted faster than it can be read`);
}
