// Changes to one bucket: ACL, public access block, CORS, versioning. Documents are committed under
// a check of the guard, so none is written into a bucket that is being deleted.

import { type CorsConfiguration, noSuchBucket } from '@osskeep/protocol';
import { newEpoch } from '../context/configuration.ts';
import type { CoreContext } from '../context/context.ts';
import { bucketDocumentKey, bucketGuardKey } from '../keys/configuration-keys.ts';
import { readRow } from '../ports/read-rows.ts';
import {
  type BucketDocumentName,
  type BucketDocuments,
  encodeBucketDocument,
} from '../records/bucket-document.ts';
import { withVersioning } from '../records/bucket-guard.ts';
import type { BucketAcl, Versioning } from '../records/model.ts';
import { type Bucket, loadBucket } from './bucket.ts';
import { storedCors } from './cors-document.ts';
import { aclDocument, refusePublicAcl } from './create-bucket.ts';

/** The bucket as it is now; throws NoSuchBucket when it is gone or another has its name. */
export async function currentBucket(core: CoreContext, bucket: Bucket): Promise<Bucket> {
  const { name, id } = bucket;
  const { parsed } = await loadBucket(core.metadata, name, core.settings.blockPublicAccess);
  if (parsed === undefined || !parsed.id.equals(id)) {
    throw noSuchBucket(name);
  }
  return parsed;
}

async function setDocument(
  core: CoreContext,
  bucket: Bucket,
  name: BucketDocumentName,
  /** undefined: the document goes. */
  value: (now: Bucket) => Buffer | undefined,
): Promise<void> {
  await core.transactor.run(`bucket ${bucket.name}`, async () => {
    const now = await currentBucket(core, bucket);
    const key = bucketDocumentKey(now.id, name);
    const made = value(now);
    return {
      commit: {
        check: [{ key: bucketGuardKey(now.name), stamp: now.guardStamp }],
        set: made === undefined ? [newEpoch] : [{ key, value: made }, newEpoch],
        del: made === undefined ? [key] : [],
      },
      answer: () => undefined,
    };
  });
}

export async function setBucketAcl(
  core: CoreContext,
  bucket: Bucket,
  acl: BucketAcl,
): Promise<void> {
  await setDocument(core, bucket, 'acl', (now) => {
    refusePublicAcl(now.blockPublicAccess, acl);
    return aclDocument(acl);
  });
}

export async function setPublicAccessBlock(
  core: CoreContext,
  bucket: Bucket,
  document: BucketDocuments['publicAccessBlock'],
): Promise<void> {
  await setDocument(core, bucket, 'publicAccessBlock', () =>
    encodeBucketDocument<'publicAccessBlock'>(document),
  );
}

/** undefined removes it; removing what is not there is no error. */
export async function setCors(
  core: CoreContext,
  bucket: Bucket,
  configuration: CorsConfiguration | undefined,
): Promise<void> {
  await setDocument(core, bucket, 'cors', () =>
    configuration === undefined
      ? undefined
      : encodeBucketDocument<'cors'>(storedCors(configuration)),
  );
}

/** Versioning stands in the guard: uploads that began under the old state are planned anew. */
export async function setVersioning(
  core: CoreContext,
  bucket: Bucket,
  versioning: Exclude<Versioning, 'never'>,
): Promise<void> {
  await core.transactor.run(`bucket ${bucket.name}`, async () => {
    const now = await currentBucket(core, bucket);
    if (now.versioning === versioning) return { answer: undefined };
    const key = bucketGuardKey(now.name);
    const row = await readRow(core.metadata, key);
    if (row == null) throw noSuchBucket(now.name);
    return {
      commit: {
        check: [{ key, stamp: now.guardStamp }],
        set: [{ key, value: withVersioning(row.value, versioning) }, newEpoch],
      },
      answer: () => undefined,
    };
  });
}
