// GET /bucket?list-type=2 (operations reference T0-11).

import type { Operation } from '../definition/operation.ts';
import {
  type CommonPrefix,
  commonPrefix,
  type EncodingType,
  encodingType,
  keyPart,
  maxKeys,
  type ObjectSummary,
  objectSummary,
} from '../documents/listing.ts';
import { fields, queryOrEmpty } from '../fields/fields.ts';
import { booleanText, integer, text } from '../forms/forms.ts';
import { document, keyText, many, maybe, object, one, orEmpty, value } from '../shapes/shape.ts';

export interface ListObjectsV2Input {
  prefix?: string | undefined;
  /** Keys that hold it after the prefix are rolled up into one common prefix. */
  delimiter?: string | undefined;
  /** Only what comes after it; ignored with a continuation token. */
  startAfter?: string | undefined;
  /** The `nextContinuationToken` of the page before, unchanged. */
  continuationToken?: string | undefined;
  /** 0 to 1,000; 100 when absent. Counts objects and common prefixes. */
  maxKeys?: number | undefined;
  /** Owners are left out unless asked for. */
  fetchOwner?: boolean | undefined;
  encodingType?: EncodingType | undefined;
}

export interface ListObjectsV2Output {
  name: string;
  prefix?: string | undefined;
  startAfter?: string | undefined;
  continuationToken?: string | undefined;
  maxKeys: number;
  delimiter?: string | undefined;
  encodingType?: EncodingType | undefined;
  isTruncated: boolean;
  /** Only when truncated. */
  nextContinuationToken?: string | undefined;
  /** Objects and common prefixes of this page. */
  keyCount: number;
  contents: readonly ObjectSummary[];
  commonPrefixes: readonly CommonPrefix[];
}

/** Lists the objects of a bucket, the second version of the call. */
export const listObjectsV2: Operation<'ListObjectsV2', ListObjectsV2Input, ListObjectsV2Output> = {
  name: 'ListObjectsV2',
  route: { method: 'GET', on: 'bucket', query: { 'list-type': '2' } },
  success: 200,
  requestBody: 'none',
  request: fields<ListObjectsV2Input>({
    prefix: queryOrEmpty('prefix', keyPart),
    delimiter: queryOrEmpty('delimiter', keyPart),
    startAfter: queryOrEmpty('start-after', keyPart),
    continuationToken: queryOrEmpty('continuation-token', text),
    maxKeys: queryOrEmpty('max-keys', maxKeys),
    fetchOwner: queryOrEmpty('fetch-owner', booleanText()),
    encodingType: queryOrEmpty('encoding-type', encodingType),
  }),
  response: document<ListObjectsV2Output>(
    'ListBucketResult',
    object<ListObjectsV2Output>({
      name: one('Name', value(text)),
      prefix: orEmpty('Prefix', keyText),
      startAfter: maybe('StartAfter', keyText),
      continuationToken: maybe('ContinuationToken', keyText),
      maxKeys: one('MaxKeys', value(integer(0, 1000))),
      delimiter: orEmpty('Delimiter', keyText),
      encodingType: maybe('EncodingType', value(encodingType)),
      isTruncated: one('IsTruncated', value(booleanText())),
      nextContinuationToken: maybe('NextContinuationToken', keyText),
      keyCount: one('KeyCount', value(integer(0, 1000))),
      contents: many('Contents', objectSummary),
      commonPrefixes: many('CommonPrefixes', commonPrefix),
    }),
    (output) => output.encodingType === 'url',
  ),
};
