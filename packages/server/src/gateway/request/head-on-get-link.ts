// `--head-on-get-links`: a link signed for GET answers HEAD too. It gives nothing away that GET would
// not, and players and download managers ask first; the real service refuses it (choices §7).
import { OssError, queryName } from '@osskeep/protocol';
import type { Head } from './head.ts';

const signatureNames = [queryName.signature, queryName.v1Signature];

/** The head to verify once more after this refusal; undefined where there is nothing to try. */
export function asGetLink(head: Head, refusal: unknown): Head | undefined {
  const isMismatch = refusal instanceof OssError && refusal.code === 'SignatureDoesNotMatch';
  if (!isMismatch || head.method !== 'HEAD') return undefined;
  if (!signatureNames.some((name) => head.query.has(name))) return undefined;
  return { ...head, method: 'GET' };
}
