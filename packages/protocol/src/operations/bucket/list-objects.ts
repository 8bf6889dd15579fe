// GET /bucket (operations reference T0-10).

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

export interface ListObjectsInput {
  prefix?: string | undefined;
  /** Keys that hold it after the prefix are rolled up into one common prefix. */
  delimiter?: string | undefined;
  /** Only what comes after it, in the order of UTF-8 bytes. */
  marker?: string | undefined;
  /** 0 to 1,000; 100 when absent. Counts objects and common prefixes. */
  maxKeys?: number | undefined;
  encodingType?: EncodingType | undefined;
}

export interface ListObjectsOutput {
  name: string;
  prefix?: string | undefined;
  marker?: string | undefined;
  maxKeys: number;
  delimiter?: string | undefined;
  encodingType?: EncodingType | undefined;
  isTruncated: boolean;
  /** The last entry returned; only when truncated. */
  nextMarker?: string | undefined;
  contents: readonly ObjectSummary[];
  commonPrefixes: readonly CommonPrefix[];
}

/** Lists the objects of a bucket, the first version of the call. */
export const listObjects: Operation<'ListObjects', ListObjectsInput, ListObjectsOutput> = {
  name: 'ListObjects',
  route: { method: 'GET', on: 'bucket' },
  success: 200,
  requestBody: 'none',
  request: fields<ListObjectsInput>({
    prefix: queryOrEmpty('prefix', keyPart),
    delimiter: queryOrEmpty('delimiter', keyPart),
    marker: queryOrEmpty('marker', keyPart),
    maxKeys: queryOrEmpty('max-keys', maxKeys),
    encodingType: queryOrEmpty('encoding-type', encodingType),
  }),
  response: document<ListObjectsOutput>(
    'ListBucketResult',
    object<ListObjectsOutput>({
      name: one('Name', value(text)),
      prefix: orEmpty('Prefix', keyText),
      marker: orEmpty('Marker', keyText),
      maxKeys: one('MaxKeys', value(integer(0, 1000))),
      delimiter: orEmpty('Delimiter', keyText),
      encodingType: maybe('EncodingType', value(encodingType)),
      isTruncated: one('IsTruncated', value(booleanText())),
      nextMarker: maybe('NextMarker', keyText),
      contents: many('Contents', objectSummary),
      commonPrefixes: many('CommonPrefixes', commonPrefix),
    }),
    (output) => output.encodingType === 'url',
  ),
};
