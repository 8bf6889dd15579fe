// Line 2 of the canonical request: always the bucket, never the host (signing reference §1.3).
import { encodePath } from '../../http/percent.ts';
import { rememberLast } from '../../http/remember-last.ts';

export function canonicalUri(bucket: string | undefined, key: string | undefined): string {
  if (bucket === undefined) return '/';
  // The key first: it may be the last path that was encoded, the bucket is kept here.
  const path = key === undefined ? '' : encodePath(key);
  return bucketHead(bucket) + path;
}

const bucketHead = rememberLast((bucket) => `/${encodePath(bucket)}/`);
