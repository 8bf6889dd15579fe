// GET / : the buckets of an account (operations reference T0-01).

import type { Operation } from '../definition/operation.ts';
import { type OwnerInfo, owner } from '../documents/owner.ts';
import { fields, queryOrEmpty } from '../fields/fields.ts';
import { booleanText, boundedText, integer, isoDate, text } from '../forms/forms.ts';
import { type StorageClassWord, storageClass } from '../forms/words.ts';
import {
  document,
  inside,
  literal,
  many,
  maybe,
  object,
  one,
  type Shape,
  value,
} from '../shapes/shape.ts';

export interface ListBucketsInput {
  /** Only buckets whose name begins so. */
  prefix?: string | undefined;
  /** Only buckets whose name comes after it. */
  marker?: string | undefined;
  /** 1 to 1,000; 100 when absent. */
  maxKeys?: number | undefined;
}

export interface BucketSummary {
  name: string;
  /** ms since the epoch, whole seconds. */
  creationDate: number;
  /** `oss-cn-hangzhou`. */
  location: string;
  /** `cn-hangzhou`. */
  region?: string | undefined;
  storageClass: StorageClassWord;
  extranetEndpoint: string;
  intranetEndpoint: string;
  resourceGroupId?: string | undefined;
  comment?: string | undefined;
}

export interface ListBucketsOutput {
  prefix?: string | undefined;
  marker?: string | undefined;
  maxKeys?: number | undefined;
  /** Absent counts as false. */
  isTruncated?: boolean | undefined;
  nextMarker?: string | undefined;
  owner: OwnerInfo;
  /** In the order of their names. */
  buckets: readonly BucketSummary[];
}

const bucket: Shape<BucketSummary> = object<BucketSummary>({
  name: one('Name', value(text)),
  creationDate: one('CreationDate', value(isoDate)),
  location: one('Location', value(text)),
  region: maybe('Region', value(text)),
  storageClass: one('StorageClass', value(storageClass)),
  extranetEndpoint: one('ExtranetEndpoint', value(text)),
  intranetEndpoint: one('IntranetEndpoint', value(text)),
  resourceGroupId: maybe('ResourceGroupId', value(text)),
  comment: maybe('Comment', literal),
});

/** Lists the buckets of the account that signs. */
export const listBuckets: Operation<'ListBuckets', ListBucketsInput, ListBucketsOutput> = {
  name: 'ListBuckets',
  route: { method: 'GET', on: 'service' },
  success: 200,
  requestBody: 'none',
  notBuilt: {
    headers: ['x-oss-resource-group-id'],
    query: ['tagging', 'tag-key', 'tag-value'],
  },
  request: fields<ListBucketsInput>({
    prefix: queryOrEmpty('prefix', boundedText(1023)),
    marker: queryOrEmpty('marker', boundedText(1023)),
    maxKeys: queryOrEmpty('max-keys', integer(1, 1000, 'MaxKeysOfBuckets')),
  }),
  response: document<ListBucketsOutput>(
    'ListAllMyBucketsResult',
    object<ListBucketsOutput>({
      prefix: maybe('Prefix', literal),
      marker: maybe('Marker', literal),
      maxKeys: maybe('MaxKeys', value(integer(0, 1000))),
      isTruncated: maybe('IsTruncated', value(booleanText())),
      nextMarker: maybe('NextMarker', literal),
      owner: one('Owner', owner),
      buckets: inside('Buckets', many('Bucket', bucket)),
    }),
  ),
};
