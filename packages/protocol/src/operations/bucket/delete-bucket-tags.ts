// DELETE /bucket?tagging, or ?tagging=k1,k3 (operations reference T1-20).
import { invalidArgument } from '../../errors/refuse.ts';
import type { Field, Operation } from '../definition/operation.ts';
import { fields, nothing } from '../fields/fields.ts';

export interface DeleteBucketTagsInput {
  /** Only these tags go, one at least; all of them when absent. A key that holds a comma cannot be named. */
  readonly keys?: readonly string[] | undefined;
}

const cannotBeNamed =
  'Name at least one tag, by keys without a comma; leave keys out to delete all tags.';

const keys: Field<readonly string[] | undefined> = {
  encode: (named, { query }) => {
    if (named === undefined) return;
    // Any of them would come to name other tags than meant, or all.
    if (named.length === 0 || named.some((key) => key === '' || key.includes(','))) {
      throw invalidArgument('keys', named.join(','), cannotBeNamed);
    }
    query.set('tagging', named.join(','));
  },
  // White space is part of a key.
  decode: ({ query }) => {
    const named = query.get('tagging') ?? '';
    return named === '' ? undefined : named.split(',');
  },
};

/** Takes tags away. No error where there are none. */
export const deleteBucketTags: Operation<
  'DeleteBucketTags',
  DeleteBucketTagsInput,
  Record<never, never>
> = {
  name: 'DeleteBucketTags',
  route: { method: 'DELETE', on: 'bucket', query: { tagging: true } },
  success: 204,
  requestBody: 'none',
  request: fields<DeleteBucketTagsInput>({ keys }),
  response: nothing,
};
