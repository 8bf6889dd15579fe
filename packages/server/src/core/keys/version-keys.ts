// Keys of object versions: heads (O, M) and older versions (V). Object keys hold no NUL, so
// `key 00 suffix` sorts as (key, suffix) without escaping.
import { prefixEnd, tagged, writeInvertedU64 } from './bytes.ts';
import { type BucketId, bucketIdBytes } from './configuration-keys.ts';
import { tag } from './tags.ts';

const headAt = 1 + bucketIdBytes;
/** `00` and the inverted seq. */
export const versionSuffixBytes = 9;

/** The head of a key whose latest version is an object. */
export function objectRowKey(bucketId: BucketId, key: Uint8Array): Buffer {
  return tagged(tag.object, bucketId, key);
}

/** The head of a key whose latest version is a delete marker. */
export function markerRowKey(bucketId: BucketId, key: Uint8Array): Buffer {
  return tagged(tag.marker, bucketId, key);
}

/** A version that is not the latest; newest first within its key. */
export function versionRowKey(bucketId: BucketId, key: Uint8Array, seq: number): Buffer {
  const row = Buffer.alloc(headAt + key.length + versionSuffixBytes);
  row[0] = tag.version;
  row.set(bucketId, 1);
  row.set(key, headAt);
  writeInvertedU64(row, seq, row.length - 8);
  return row;
}

/** All older versions of one key. */
export function versionsOfKey(
  bucketId: BucketId,
  key: Uint8Array,
): { readonly from: Buffer; readonly to: Buffer } {
  const from = Buffer.alloc(headAt + key.length + 1);
  from[0] = tag.version;
  from.set(bucketId, 1);
  from.set(key, headAt);
  return { from, to: prefixEnd(from) };
}
