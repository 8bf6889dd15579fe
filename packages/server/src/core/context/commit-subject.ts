// What a commit that names a blob was about. Whoever has to find out later how it ended looks at the rows
// of its subject, not at all there are.
import type { BucketId } from '../keys/configuration-keys.ts';

/** The blob was to be the body of a version of this key. */
export interface CommitSubject {
  readonly bucketId: BucketId;
  /** UTF-8. */
  readonly key: Buffer;
}
