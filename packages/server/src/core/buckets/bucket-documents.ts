// The configuration documents of buckets, by name; what there is: the table in core/documents.
import type { CoreContext } from '../context/context.ts';
import type { BucketDocument, BucketDocumentName } from '../documents/bucket-documents.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { Bucket } from './bucket.ts';
import { type Change, changeDocument } from './change-document.ts';
import { readDocument } from './read-document.ts';

export class BucketDocuments {
  readonly #core: CoreContext;

  constructor(core: CoreContext) {
    this.#core = core;
  }

  /** undefined where the bucket has none. As fresh as the bucket, where it is read with it. */
  get<Name extends BucketDocumentName>(
    bucket: Bucket,
    name: Name,
  ): Eventually<BucketDocument<Name> | undefined> {
    return readDocument(this.#core, bucket, name);
  }

  /** Replaces it. Throws NoSuchBucket, and what the document's own check refuses. */
  put<Name extends BucketDocumentName>(
    bucket: Bucket,
    name: Name,
    value: BucketDocument<Name>,
  ): Promise<void> {
    return this.change(bucket, name, () => ({ to: value, answer: undefined }));
  }

  /** Removing what is not there is no error. */
  remove(bucket: Bucket, name: RemovableDocumentName): Promise<void> {
    return this.change(bucket, name, (from) => ({
      to: from === undefined ? 'unchanged' : undefined,
      answer: undefined,
    }));
  }

  /** Makes of a document what becomes of it; `change` is asked again when another one came first. */
  change<Name extends BucketDocumentName, Answer>(
    bucket: Bucket,
    name: Name,
    change: (from: BucketDocument<Name> | undefined) => Change<BucketDocument<Name>, Answer>,
  ): Promise<Answer> {
    return changeDocument(this.#core, bucket, name, change);
  }
}

/** A bucket without the others is none. */
export type RemovableDocumentName = Exclude<BucketDocumentName, 'info' | 'acl'>;
