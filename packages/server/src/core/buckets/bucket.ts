// A bucket as the rest of the server sees it, put together from its guard, the documents that are read with
// it and those of its owner's account.
import { accountDocumentIn } from '../documents/account-documents.ts';
import {
  type BucketDocument,
  bucketDocumentIn,
  type DocumentsWithBucket,
  type NameWithBucket,
  namesWithBucket,
} from '../documents/bucket-documents.ts';
import type { BucketId } from '../keys/configuration-keys.ts';
import {
  accountDocumentKey,
  accountGuardKey,
  bucketDocumentKey,
  bucketGuardKey,
} from '../keys/configuration-keys.ts';
import { inOwnMemory } from '../keys/own-memory.ts';
import type { Key, Metadata, Row, Stamp } from '../ports/metadata.ts';
import { readRow, readRows } from '../ports/read-rows.ts';
import { type BucketGuard, decodeBucketGuard } from '../records/bucket-guard.ts';
import type {
  BucketAcl,
  DataRedundancyType,
  Owner,
  StorageClass,
  Versioning,
} from '../records/model.ts';

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
  /** Those that requests of every kind need. The others: `BucketDocuments.get`. */
  readonly documents: DocumentsWithBucket;
  readonly guardKey: Key;
  /** Changes with whatever the guard says, and with each document. */
  readonly guardStamp: Stamp;
}

/** A bucket with the rows whose stamps say whether it is still the same. */
export interface ReadBucket {
  readonly bucket: Bucket;
  readonly guard: Row;
  /** Of its owner's account; undefined where no document of the account was ever put. */
  readonly accountStamp: Stamp | undefined;
}

const triesMax = 8;

/** What the keys of a bucket's documents, and of its account's, are made of. */
export type BucketIdentity = Pick<BucketGuard, 'bucketId' | 'owner'>;

export function identityOf({ id, owner }: Bucket): BucketIdentity {
  return { bucketId: id, owner };
}

/**
 * The bucket as it is now; undefined when there is none. The documents' keys hold the id that only the guard
 * knows, so the guard is read again with them: a bucket that was deleted and created in between is not mixed
 * with its predecessor. `likely`: which bucket has the name in all likelihood; one trip less when it has.
 */
export async function readBucket(
  metadata: Metadata,
  name: string,
  blockByDefault: boolean,
  likely?: BucketIdentity,
): Promise<ReadBucket | undefined> {
  const guardKey = bucketGuardKey(name);
  let expected = likely ?? identityIn(await readRow(metadata, guardKey));
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (expected === undefined) return undefined;
    const [guard, ...rows] = await readRows(metadata, [guardKey, ...keysBesides(expected)]);
    const found = identityIn(guard);
    const isExpected = found?.bucketId.equals(expected.bucketId);
    if (guard != null && isExpected) return assembled(name, guard, rows, blockByDefault);
    expected = found;
  }
  throw new Error(`bucket ${name} is created and deleted faster than it can be read`);
}

function identityIn(guard: Row | null | undefined): BucketIdentity | undefined {
  return guard == null ? undefined : decodeBucketGuard(guard.value);
}

/** Of what is read besides the guard. */
function keysBesides({ bucketId, owner }: BucketIdentity): Key[] {
  return [
    accountGuardKey(owner.id),
    accountDocumentKey(owner.id, 'publicAccessBlock'),
    ...namesWithBucket.map((name) => bucketDocumentKey(bucketId, name)),
  ];
}

/** `rows` in the order of `keysBesides`. */
function assembled(
  name: string,
  guard: Row,
  [accountGuard, accountBlock, ...rows]: readonly (Row | null | undefined)[],
  blockByDefault: boolean,
): ReadBucket | undefined {
  const { bucketId, ...fixed } = decodeBucketGuard(guard.value);
  const documents: { [Name in NameWithBucket]?: BucketDocument<Name> } = {};
  for (const [place, document] of namesWithBucket.entries()) {
    Object.assign(documents, { [document]: bucketDocumentIn(document, rows[place]) });
  }
  const { info, acl, publicAccessBlock } = documents;
  if (info === undefined || acl === undefined) return undefined;
  const ownPublicAccessBlock = publicAccessBlock?.enabled ?? blockByDefault;
  const ofAccount = accountDocumentIn('publicAccessBlock', accountBlock)?.enabled ?? false;
  return {
    bucket: {
      name,
      id: inOwnMemory(bucketId),
      ...fixed,
      ...info,
      ...acl,
      blockPublicAccess: ownPublicAccessBlock || ofAccount,
      ownPublicAccessBlock,
      documents,
      guardKey: inOwnMemory(guard.key),
      guardStamp: guard.stamp,
    },
    guard,
    accountStamp: accountGuard?.stamp,
  };
}
