// What a browser asks before a cross-origin request. No credentials are looked at, so the answer says
// nothing of what is in the bucket. Rules: operations reference T1-09.
import {
  corsRefused,
  evaluateCors,
  ossError,
  type PreflightInput,
  type PreflightOutput,
} from '@osskeep/protocol';
import type { Bucket } from '../../core/buckets/bucket.ts';

export function preflight(
  { origin, requestMethod, requestHeaders }: PreflightInput,
  bucket: Bucket,
  level: 'bucket' | 'object',
): PreflightOutput {
  if (origin === undefined) throw ossError('CorsOriginMissing');
  if (requestMethod === undefined) throw ossError('CorsMethodMissing');
  const { cors } = bucket.documents;
  if (cors === undefined) throw corsRefused('CorsNotEnabled', requestMethod, level);
  const allowed = evaluateCors(cors, { origin, method: requestMethod, requestHeaders });
  if (allowed === undefined) throw corsRefused('CorsNotAllowed', requestMethod, level);
  return { ...allowed, vary: 'Origin' };
}
