// PutBucket: a new bucket, or the owner's wish to have the one that exists under another ACL.
// Rules: operations reference §4.2, errors reference §2.
import { ossError } from '@osskeep/protocol';
import type { CoreContext } from '../context/context.ts';
import type { Plan } from '../context/transact.ts';
import { readAccountDocument } from '../documents/account-documents.ts';
import { bucketDocumentRow } from '../documents/bucket-documents.ts';
import { refusePublicAcl } from '../documents/public-acl.ts';
import { prefixEnd } from '../keys/bytes.ts';
import { bucketGuardKey, bucketIdBytes, bucketOfOwnerKey } from '../keys/configuration-keys.ts';
import { pagesOf } from '../ports/read-rows.ts';
import { encodeBucketGuard } from '../records/bucket-guard.ts';
import type { BucketAcl, DataRedundancyType, Owner, StorageClass } from '../records/model.ts';
import { type ReadBucket, readBucket } from './bucket.ts';
import { guardAgain } from './change-document.ts';

export interface CreateBucket {
  /** Absent: `private` for a new bucket, unchanged for the owner's existing one. */
  readonly acl?: BucketAcl | undefined;
  readonly storageClass?: StorageClass | undefined;
  readonly dataRedundancyType?: DataRedundancyType | undefined;
}

const rangeMax = 1000;

export async function createBucket(
  core: CoreContext,
  name: string,
  owner: Owner,
  wish: CreateBucket,
): Promise<{ readonly created: boolean }> {
  // One queue an owner: two creations at once must not both see room under the limit.
  return core.transactor.run(`buckets of ${owner.id}`, async () => {
    const { blockPublicAccess } = core.settings;
    const now = await readBucket(core.metadata, name, blockPublicAccess);
    if (now !== undefined) return planAgain(now, owner, wish);
    await refuseTooMany(core, owner);
    const ofAccount = await readAccountDocument(core, owner.id, 'publicAccessBlock');
    refusePublicAcl(blockPublicAccess || ofAccount?.enabled === true, wish.acl ?? 'private');
    return planNew(core, name, owner, wish);
  });
}

function planAgain(now: ReadBucket, owner: Owner, wish: CreateBucket): Plan<{ created: boolean }> {
  const { bucket } = now;
  const details = { BucketName: bucket.name };
  if (bucket.owner.id !== owner.id) throw ossError('BucketAlreadyExists', details);
  if (wish.storageClass !== undefined && wish.storageClass !== bucket.storageClass) {
    throw ossError('BucketStorageClassFixed', details);
  }
  const { dataRedundancyType } = wish;
  if (dataRedundancyType !== undefined && dataRedundancyType !== bucket.dataRedundancyType) {
    throw ossError('BucketRedundancyFixed', details);
  }
  if (wish.acl === undefined || wish.acl === bucket.acl) return { answer: { created: false } };
  refusePublicAcl(bucket.blockPublicAccess, wish.acl);
  const guard = guardAgain(now);
  const acl = bucketDocumentRow(bucket.id, 'acl', { acl: wish.acl });
  return {
    commit: { check: [guard.check], set: [guard.set, acl] },
    answer: () => ({ created: false }),
  };
}

function planNew(
  core: CoreContext,
  name: string,
  owner: Owner,
  wish: CreateBucket,
): Plan<{ created: boolean }> {
  const acl = wish.acl ?? 'private';
  const id = core.random.bytes(bucketIdBytes);
  const info = bucketDocumentRow(id, 'info', {
    createdMs: core.clock.now(),
    storageClass: wish.storageClass ?? 'Standard',
    dataRedundancyType: wish.dataRedundancyType ?? 'LRS',
  });
  const { region } = core.settings;
  const guard = encodeBucketGuard({ bucketId: id, versioning: 'never', owner, region });
  return {
    commit: {
      check: [
        { key: bucketGuardKey(name), stamp: null },
        // Ids are random; one that is in use makes the plan draw another.
        { key: info.key, stamp: null },
      ],
      set: [
        { key: bucketGuardKey(name), value: guard },
        { key: bucketOfOwnerKey(owner.id, name), value: Buffer.of(1) },
        info,
        bucketDocumentRow(id, 'acl', { acl }),
      ],
    },
    answer: () => ({ created: true }),
  };
}

async function refuseTooMany(core: CoreContext, owner: Owner): Promise<void> {
  const max = core.settings.bucketsPerOwnerMax;
  const from = bucketOfOwnerKey(owner.id, '');
  const range = { from, to: prefixEnd(from), limit: Math.min(rangeMax, max) };
  let count = 0;
  for await (const rows of pagesOf(core.metadata, range)) {
    count += rows.length;
    if (count >= max) throw ossError('TooManyBuckets');
  }
}
