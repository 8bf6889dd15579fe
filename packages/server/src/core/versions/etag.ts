// ETags as text, without quotes: upper-case hexadecimal, `-N` for N parts. Rule: operations
// reference §3.2.
import type { VersionHead } from '../records/version-row.ts';

export function etagText({ etag, partCount }: Pick<VersionHead, 'etag' | 'partCount'>): string {
  const hex = etag.toString('hex').toUpperCase();
  return partCount === 0 ? hex : `${hex}-${partCount}`;
}
