// GET /bucket?cors (operations reference T1-22).
import type { CorsConfiguration } from '../../http/cors.ts';
import type { Operation } from '../definition/operation.ts';
import { corsDocument } from '../documents/cors.ts';
import { nothing } from '../fields/fields.ts';

/** The rules of a bucket; 404 NoSuchCORSConfiguration where there are none. */
export const getBucketCors: Operation<'GetBucketCors', Record<never, never>, CorsConfiguration> = {
  name: 'GetBucketCors',
  route: { method: 'GET', on: 'bucket', query: { cors: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: corsDocument,
};
