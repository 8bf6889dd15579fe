// A bucket as the rest of the server sees it, put together from its guard, its documents and those of
// its owner's account.
import type { CorsConfiguration } from '@osskeep/protocol';
import type { BucketId } from '../keys/configuration-keys.ts';
import {
  accountDocumentKey,
  bucketDocumentKey,
  bucketGuardKey,
  configurationKey,
} from '../keys/configuration-keys.ts';
import { inOwnMemory } from '../keys/own-memory.ts';
import type { Key, Metadata, Row, Stamp } from '../ports/metadata.ts';
import { readRows } from '../ports/read-rows.ts';
import { decodeBucketDocument } from '../records/bucket-document.ts';
import { type BucketGuard, decodeBucketGuard } from '../records/bucket-guard.ts';
import type {
  BucketAcl,
  DataRedundancyType,
  Owner,
  StorageClass,
  Versioning,
} from '../records/model.ts';
import { corsOf } from './cors-document.ts';

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
  /** Public ACLs count as absent: by the bucket's own setting, or by that of its owner's account. */
  readonly blockPublicAccess: boolean;
  /** The bucket's own setting; the server's default where it has none. */
  readonly ownPublicAccessBlock: boolean;
  readonly cors: CorsConfiguration | undefined;
  readonly guardKey: Key;
  readonly guardStamp: Stamp;
}

const documents = ['info', 'acl', 'publicAccessBlock', 'cors'] as const;
const triesMax = 8;

export function documentKeys({
  bucketId,
  owner,
}: Pick<BucketGuard, 'bucketId' | 'owner'>): Buffer[] {
  return [
    ...documents.map((document) => bucketDocumentKey(bucketId, document)),
    accountDocumentKey(owner.id, 'publicAccessBlock'),
  ];
}

/** `rows` are the guard and the documents in the order of `documentKeys`. */
export function assembleBucket(
  name: string,
  guardRow: Row,
  rows: readonly (Row | null | undefined)[],
  blockPublicAccess: boolean,
): Bucket | undefined {
  const guard = decodeBucketGuard(guardRow.value);
  const [infoRow, aclRow, blockRow, corsRow, accountRow] = rows;
  if (infoRow == null || aclRow == null) return undefined;
  const info = decodeBucketDocument('info', infoRow.value);
  const block = (row: Row | null | undefined, fallback: boolean): boolean =>
    row == null ? fallback : decodeBucketDocument('publicAccessBlock', row.value).enabled;
  const ownPublicAccessBlock = block(blockRow, blockPublicAccess);
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
    blockPublicAccess: ownPublicAccessBlock || block(accountRow, false),
    ownPublicAccessBlock,
    cors: corsRow == null ? undefined : corsOf(decodeBucketDocument('cors', corsRow.value)),
    guardKey: inOwnMemory(guardRow.key),
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
  let rows = await readRows(metadata, [configurationKey, guardKey]);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const guardRow = rows[1];
    if (guardRow == null) return { epoch: rows[0]?.stamp ?? null, parsed: undefined };
    const guard = decodeBucketGuard(guardRow.value);
    rows = await readRows(metadata, [configurationKey, guardKey, ...documentKeys(guard)]);
    const again = rows[1];
    if (again != null && decodeBucketGuard(again.value).bucketId.equals(guard.bucketId)) {
      const parsed = assembleBucket(name, again, rows.slice(2), blockPublicAccess);
      return { epoch: rows[0]?.stamp ?? null, parsed };
    }
  }
  throw new Error(`bucket ${name} is created and deleted faster than it can be read`);
}
