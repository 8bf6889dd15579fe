// Changes to the documents of one bucket. Each is committed under a check of the guard, so none is written
// into a bucket that is being deleted; and each sets the guard again, so that its stamp tells everybody that
// a document changed. An upload that is committed at that moment is planned once more.
import { noSuchBucket } from '@osskeep/protocol';
import type { CoreContext } from '../context/context.ts';
import {
  type BucketDocument,
  type BucketDocumentName,
  bucketDocumentRow,
  checkBucketDocument,
} from '../documents/bucket-documents.ts';
import { bucketDocumentKey } from '../keys/configuration-keys.ts';
import type { Commit } from '../ports/metadata.ts';
import { type Bucket, identityOf, type ReadBucket, readBucket } from './bucket.ts';
import { readDocument } from './read-document.ts';

/** The bucket as it is now; throws NoSuchBucket when it is gone or another has its name. */
export async function currentBucket(core: CoreContext, bucket: Bucket): Promise<ReadBucket> {
  const { name, id } = bucket;
  const { blockPublicAccess } = core.settings;
  const now = await readBucket(core.metadata, name, blockPublicAccess, identityOf(bucket));
  if (now === undefined || !now.bucket.id.equals(id)) throw noSuchBucket(name);
  return now;
}

/** What every commit has that changes a document of the bucket. */
export function guardAgain({ guard }: Pick<ReadBucket, 'guard'>): {
  check: NonNullable<Commit['check']>[number];
  set: NonNullable<Commit['set']>[number];
} {
  const { key, stamp, value } = guard;
  return { check: { key, stamp }, set: { key, value } };
}

/** What becomes of a document. */
export interface Change<Value, Answer> {
  /** undefined: the document goes. `unchanged`: nothing is committed. */
  readonly to: Value | undefined | 'unchanged';
  readonly answer: Answer;
}

/** Throws what the document's own check refuses. */
export async function changeDocument<Name extends BucketDocumentName, Answer>(
  core: CoreContext,
  bucket: Bucket,
  name: Name,
  change: (from: BucketDocument<Name> | undefined) => Change<BucketDocument<Name>, Answer>,
): Promise<Answer> {
  return core.transactor.run(`bucket ${bucket.name}`, async () => {
    const now = await currentBucket(core, bucket);
    // The guard is checked, so what is read with it or a moment after it is still what the commit replaces.
    const { to, answer } = change(await readDocument(core, now.bucket, name));
    if (to === 'unchanged') return { answer };
    const guard = guardAgain(now);
    const set = [guard.set];
    if (to !== undefined) {
      checkBucketDocument(name, to, now.bucket);
      set.push(bucketDocumentRow(now.bucket.id, name, to));
    }
    const del = to === undefined ? [bucketDocumentKey(now.bucket.id, name)] : [];
    return { commit: { check: [guard.check], set, del }, answer: () => answer };
  });
}
