// GET /bucket?cors (operations reference T1-22).
import type { CorsConfiguration } from '../../http/cors.ts';
import { nothing } from '../fields/fields.ts';
import type { Operation } from '../operation.ts';
import { corsDocument } from './cors.ts';

/** The rules of a bucket; 404 NoSuchCORSConfiguration where there are none. */
export const getBucketCors: Operation<'GetBucketCors', Record<never, never>, CorsConfiguration> = {
  name: 'GetBucketCors',
  route: { method: 'GET', on: 'bucket', query: { cors: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: corsDocument,
};
