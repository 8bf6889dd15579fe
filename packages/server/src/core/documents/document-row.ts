// What the table of a bucket's configuration documents says of each of them.
import type { Forms } from '../records/document-forms.ts';

/** What a document is judged by before it is put. */
export interface JudgedBy {
  /** Public access to the bucket is blocked, by itself or by its owner's account. */
  readonly blockPublicAccess: boolean;
}

export interface DocumentRow<Value> {
  /**
   * `with-bucket`: requests of every kind need it, so it is read with the bucket and kept with it.
   * `when-asked`: one operation or the other needs it, and reads it then.
   */
  readonly read: 'with-bucket' | 'when-asked';
  /** How it is stored; the order of the fields is stored, too. */
  readonly fields: Forms<Value>;
  /** Throws what a put of this value is refused with. */
  check?(value: Value, by: JudgedBy): void;
}

type Definition<Value> = Omit<DocumentRow<Value>, 'read'>;

export function withBucket<Value>(
  definition: Definition<Value>,
): DocumentRow<Value> & { readonly read: 'with-bucket' } {
  return { ...definition, read: 'with-bucket' };
}

export function whenAsked<Value>(
  definition: Definition<Value>,
): DocumentRow<Value> & { readonly read: 'when-asked' } {
  return { ...definition, read: 'when-asked' };
}
