// Keys of what stands behind a version: inline bodies (D), garbage (G), counters (S).
import { prefixEnd, readU64, tagged, writeU64 } from './bytes.ts';
import type { BucketId } from './configuration-keys.ts';
import { tag } from './tags.ts';

export const bodyIdBytes = 16;
const timeBytes = 6;
export const inlineBodyRandomBytes: number = bodyIdBytes - timeBytes;

/** The time leads, so that bodies written together lie on the same pages; it has no other meaning. */
export function inlineBodyId(nowMs: number, random: Uint8Array): Buffer {
  const id = Buffer.allocUnsafe(bodyIdBytes);
  id.writeUIntBE(nowMs, 0, timeBytes);
  id.set(random, timeBytes);
  return id;
}

export function inlineBodyKey(id: Uint8Array): Buffer {
  return tagged(tag.inlineBody, id);
}

export const garbageRandomBytes = 8;

/** The time only spreads the queue in order; when to delete is observed, not read here. */
export function garbageKey(enqueuedMs: number, random: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(9 + random.length);
  key[0] = tag.garbage;
  writeU64(key, enqueuedMs, 1);
  key.set(random, 9);
  return key;
}

export function garbageEnqueuedMs(key: Buffer): number {
  return readU64(key, 1);
}

export const garbageRange: { readonly from: Buffer; readonly to: Buffer } = {
  from: tagged(tag.garbage),
  to: prefixEnd(tagged(tag.garbage)),
};

export function countersKey(bucketId: BucketId, shard: number): Buffer {
  const suffix = Buffer.allocUnsafe(2);
  suffix.writeUInt16BE(shard);
  return tagged(tag.counters, bucketId, suffix);
}
