// PUT /bucket?cors (operations reference T1-21, §3.11).
import type { CorsConfiguration } from '../../http/cors.ts';
import type { Operation } from '../definition/operation.ts';
import { corsDocument } from '../documents/cors.ts';
import { nothing } from '../fields/fields.ts';

/** Sets which web pages of other origins may use a bucket; replaces all rules it has. */
export const putBucketCors: Operation<'PutBucketCors', CorsConfiguration, Record<never, never>> = {
  name: 'PutBucketCors',
  route: { method: 'PUT', on: 'bucket', query: { cors: true } },
  success: 200,
  requestBody: 'document',
  documentBytesMax: 16_384,
  request: corsDocument,
  response: nothing,
};
