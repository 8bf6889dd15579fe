// Version ids: `CAEQ` and 60 characters of base64url over {seq 8, random 37}. The seq finds the
// row, the random part proves that the id was once given out. `null` is the version written
// without versioning. Rules: operations reference §3.8.
import { invalidArgumentCase } from '@osskeep/protocol';
import { readU64, writeU64 } from '../keys/bytes.ts';
import { isNullVersion, type VersionHead, versionRandomBytes } from '../records/version-row.ts';

export type VersionRef =
  | { readonly isNull: true }
  | { readonly isNull: false; readonly seq: number; readonly random: Buffer };

const nullVersionId = 'null';
const idPattern = /^CAEQ[A-Za-z0-9_-]{60}$/;
const start = 'CAEQ';

export function versionIdOf(head: VersionHead): string {
  if (isNullVersion(head)) return nullVersionId;
  const bytes = Buffer.allocUnsafe(8 + versionRandomBytes);
  writeU64(bytes, head.seq, 0);
  bytes.set(head.random, 8);
  return start + bytes.toString('base64url');
}

export function parseVersionId(text: string): VersionRef {
  if (text === nullVersionId) return { isNull: true };
  if (text === '') throw invalidArgumentCase('EmptyVersionId', 'versionId', text);
  const bytes = idPattern.test(text) ? Buffer.from(text.slice(start.length), 'base64url') : null;
  // A number beyond 2^53 was never given out.
  if (bytes === null || bytes.readUInt16BE(0) > 0x1f) {
    throw invalidArgumentCase('InvalidVersionId', 'versionId', text);
  }
  return { isNull: false, seq: readU64(bytes, 0), random: bytes.subarray(8) };
}

export function isVersion(head: VersionHead, ref: VersionRef): boolean {
  if (ref.isNull) return isNullVersion(head);
  return head.seq === ref.seq && head.random.equals(ref.random);
}
