// One document of a bucket: at hand where it is read with the bucket, else in a row of its own.
import type { CoreContext } from '../context/context.ts';
import {
  type BucketDocument,
  type BucketDocumentName,
  bucketDocumentIn,
  type DocumentsWithBucket,
  isWithBucket,
} from '../documents/bucket-documents.ts';
import { bucketDocumentKey } from '../keys/configuration-keys.ts';
import type { Eventually } from '../ports/eventually.ts';
import { readRow } from '../ports/read-rows.ts';
import type { Bucket } from './bucket.ts';

/** undefined where the bucket has none. As fresh as the bucket, where it is read with it. */
export function readDocument<Name extends BucketDocumentName>(
  core: CoreContext,
  bucket: Bucket,
  name: Name,
): Eventually<BucketDocument<Name> | undefined> {
  if (!isWithBucket(name)) return readAlone(core, bucket, name);
  return (bucket.documents as DocumentsWithBucket)[name] as BucketDocument<Name> | undefined;
}

async function readAlone<Name extends BucketDocumentName>(
  { metadata }: CoreContext,
  { id }: Bucket,
  name: Name,
): Promise<BucketDocument<Name> | undefined> {
  return bucketDocumentIn(name, await readRow(metadata, bucketDocumentKey(id, name)));
}
