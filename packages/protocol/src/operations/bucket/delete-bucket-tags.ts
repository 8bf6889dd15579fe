// DELETE /bucket?tagging, or ?tagging=k1,k3 (operations reference T1-20).
import { commaSeparated } from '../../http/comma-separated.ts';
import type { Field, Operation } from '../definition/operation.ts';
import { fields, nothing } from '../fields/fields.ts';

export interface DeleteBucketTagsInput {
  /** Only these tags go; all of them when absent. A key that holds a comma cannot be named. */
  readonly keys?: readonly string[] | undefined;
}

const keys: Field<readonly string[] | undefined> = {
  encode: (named = [], { query }) => {
    if (named.length > 0) query.set('tagging', named.join(','));
  },
  decode: ({ query }) => {
    const named = commaSeparated(query.get('tagging') ?? '');
    return named.length === 0 ? undefined : named;
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
