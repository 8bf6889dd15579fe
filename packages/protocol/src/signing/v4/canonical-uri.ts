// Line 2 of the canonical request: always the bucket, never the host (signing reference §1.3).
import { encodePath } from '../../http/percent.ts';

export function canonicalUri(bucket: string | undefined, key: string | undefined): string {
  if (bucket === undefined) return '/';
  const head = `/${encodePath(bucket)}/`;
  return key === undefined ? head : head + encodePath(key);
}
